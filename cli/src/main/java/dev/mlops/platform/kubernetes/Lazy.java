package dev.mlops.platform.kubernetes;

import java.util.function.Supplier;

/** A value that is made when it is first asked for, once. */
public final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private T value;

  public Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    if (value == null) {
      value = maker.get();
    }
    return value;
  }
}
