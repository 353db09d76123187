package dev.mlops.console;

import dev.mlops.plan.RunListener;

/** Shows a run while it goes on; closing it leaves the last state on the screen. */
public interface StepList extends RunListener, AutoCloseable {
  /** What {@code -q} shows. */
  StepList NOTHING = () -> {};

  @Override
  void close();
}
