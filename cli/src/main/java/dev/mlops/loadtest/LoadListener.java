package dev.mlops.loadtest;

import java.util.Map;

/** Told once a second how the test goes, on the thread that runs it. */
@FunctionalInterface
public interface LoadListener {
  LoadListener SILENT = (_, _) -> {};

  /**
   * @param soFar the figures of each task since the measured time began, by its name
   */
  void second(Snapshot snapshot, Map<String, Totals> soFar);

  /**
   * Before the first second.
   *
   * @param what is done or waited for
   */
  default void preparing(String what) {}

  /** At an interrupt: nothing more is sent, and the answers under way are awaited. */
  default void stopping() {}
}
