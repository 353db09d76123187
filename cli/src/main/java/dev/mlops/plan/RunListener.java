package dev.mlops.plan;

/** Watches a run; called from the steps' own threads. */
public interface RunListener {
  RunListener SILENT = new RunListener() {};

  /**
   * @param step index into {@link Plan#titles}
   */
  default void started(int step) {}

  default void progress(int step, String detail) {}

  default void ended(int step, RunReport.Entry entry) {}
}
