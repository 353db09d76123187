package dev.mlops.plan;

/** Watches a run; called from the steps' own threads. */
public interface RunListener {
  RunListener SILENT =
      new RunListener() {
        @Override
        public void started(int step) {}

        @Override
        public void progress(int step, String detail) {}

        @Override
        public void ended(int step, RunReport.Entry entry) {}
      };

  /**
   * @param step index into {@link Plan#titles}
   */
  void started(int step);

  void progress(int step, String detail);

  void ended(int step, RunReport.Entry entry);
}
