package dev.mlops.console;

import dev.mlops.plan.RunListener;
import dev.mlops.plan.RunReport;

/** Shows a run while it goes on; closing it leaves the last state on the screen. */
public interface StepList extends RunListener, AutoCloseable {
  /** What {@code -q} shows. */
  StepList NOTHING =
      new StepList() {
        @Override
        public void started(int step) {}

        @Override
        public void progress(int step, String detail) {}

        @Override
        public void ended(int step, RunReport.Entry entry) {}

        @Override
        public void close() {}
      };

  @Override
  void close();
}
