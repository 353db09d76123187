package dev.mlops.platform;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One thing that an environment stands on and that a platform can make, such as a cluster. */
public interface Resource {
  /** Stable name for programs and for {@code --only}: lower case and hyphens. */
  String id();

  /** What the user reads, such as "Cluster". */
  String title();

  /** Ids of the resources that have to be there before this one can be made. */
  default List<String> needs() {
    return List.of();
  }

  /** What a plan says of it before what it needs is there; may be empty. */
  default String foresee() {
    return "";
  }

  /**
   * Reads only.
   *
   * @throws dev.mlops.problem.MlopsException if it is there and may not be used
   */
  State look() throws InterruptedException;

  /**
   * Makes it so; may be repeated at will, also after having been killed half-way.
   *
   * @return what to say about it once it is there
   */
  String ensure(Consumer<String> progress) throws InterruptedException;

  /** Whether it costs money from the moment that it is made. */
  default boolean bills() {
    return false;
  }

  /** Commands of the platform's own tool that would do the same; empty where there are none. */
  default List<String> byHand() {
    return List.of();
  }

  /** What a look saw. */
  sealed interface State {
    /**
     * As wanted, but for what can't be changed from here.
     *
     * @param left differences that stay
     */
    record Ready(String detail, List<Difference> left) implements State {
      public Ready {
        left = List.copyOf(left);
      }

      public Ready(String detail) {
        this(detail, List.of());
      }

      /** All in a line or more. */
      public String text() {
        return left.isEmpty() ? detail : detail + "\n" + Difference.lines(left);
      }
    }

    /**
     * @param what names it in the user's words
     */
    record Missing(String what) implements State {}

    /** There, and some of it can be put right in place. */
    record Differs(List<Difference> differences) implements State {
      public Differs {
        differences = List.copyOf(differences);
      }
    }
  }

  /**
   * @param what such as "machine type: e2-medium, wanted e2-standard-2"
   */
  record Difference(String what, Way way) {
    @Override
    public String toString() {
      return what + " (" + way.label() + ")";
    }

    static String lines(List<Difference> differences) {
      return differences.stream().map(Difference::toString).collect(Collectors.joining("\n"));
    }
  }

  /** What a difference takes to be put right. */
  enum Way {
    IN_PLACE("in place"),
    REPLACEMENT("needs replacement"),
    NOT_OURS("not ours to change");

    private final String label;

    Way(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
