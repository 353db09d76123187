package dev.mlops.service.trace;

/** Hears which part of its work a request has come to. */
@FunctionalInterface
public interface Phases {
  /** Of a request that is not traced. */
  Phases NONE = _ -> {};

  /**
   * A part of the work begins, and the one before it ends.
   *
   * @param name such as {@code decode}
   */
  void enter(String name);
}
