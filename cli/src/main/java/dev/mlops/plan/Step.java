package dev.mlops.plan;

import java.util.List;
import java.util.function.Consumer;

/**
 * One idempotent step of a plan: looks first, changes only what differs.
 *
 * @param <T> the value that later steps get, never null
 */
public interface Step<T> {
  /** Stable name for programs: lower case and hyphens, such as {@code build-image}. */
  String id();

  /** What the user reads, such as "Build the image". */
  String title();

  /** The refs that {@link #inspect} and {@link #ensure} read. */
  default List<Ref<?>> needs() {
    return List.of();
  }

  /**
   * What can be said of a plan before the needs are known, one difference a line; reads only.
   *
   * @return empty if nothing can
   */
  default String foresee() throws Exception {
    return "";
  }

  /** Reads only. */
  Finding<T> inspect() throws Exception;

  /**
   * Makes it so; may be repeated at will, also after having been killed half-way.
   *
   * @param progress takes short texts of what goes on, for the live view
   */
  T ensure(Consumer<String> progress) throws Exception;

  /** What to say about the value once the step is done, or empty. */
  default String describe(T value) {
    return "";
  }
}
