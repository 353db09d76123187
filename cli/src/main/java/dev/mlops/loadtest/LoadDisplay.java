package dev.mlops.loadtest;

/** Puts a second of a test into words, and remembers those before it. */
@FunctionalInterface
public interface LoadDisplay {
  /**
   * @return one line or more
   */
  String show(Snapshot now, LoadPlan plan);
}
