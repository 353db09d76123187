package dev.mlops.plan;

import java.util.Optional;

/**
 * The value that a step will have, and at once the dependency on it: a step that holds a ref names
 * it in {@link Step#needs}, and only {@link Plan#add} makes refs, so a cycle can't be written.
 */
public final class Ref<T> {
  private final String title;
  private volatile Optional<T> value = Optional.empty();

  Ref(String title) {
    this.title = title;
  }

  /**
   * @throws IllegalStateException if the step has not been done, which the {@link Runner} rules out
   *     for every ref in {@link Step#needs}
   */
  public T get() {
    return value.orElseThrow(() -> new IllegalStateException("not yet known: " + title));
  }

  public boolean isKnown() {
    return value.isPresent();
  }

  String title() {
    return title;
  }

  void set(T now) {
    value = Optional.of(now);
  }
}
