package dev.mlops.loadtest;

/** Puts a second of a test into words, and remembers those before it. */
@FunctionalInterface
public interface LoadDisplay {
  /**
   * @return one line or more
   */
  String show(Snapshot now, LoadPlan plan);

  /** The same for the time after an interrupt, until the last answers are there. */
  default String stopping() {
    return "stopping: the answers under way are awaited; Ctrl-C again ends at once";
  }
}
