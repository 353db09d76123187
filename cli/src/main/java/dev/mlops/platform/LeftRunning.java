package dev.mlops.platform;

import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** The wait for something was interrupted, and it goes on without us. */
public final class LeftRunning extends InterruptedException {
  /**
   * @param message what goes on, and how it is picked up, for the user
   */
  public LeftRunning(String message) {
    super(message);
  }

  /** Of waits side by side that have ended: a line for each that left something running. */
  public static InterruptedException of(List<? extends Future<?>> waits) {
    String all =
        waits.stream()
            .filter(wait -> wait.state() == Future.State.FAILED)
            .map(Future::exceptionNow)
            .filter(LeftRunning.class::isInstance)
            .map(Throwable::getMessage)
            .distinct()
            .collect(Collectors.joining("\n"));
    return all.isEmpty() ? new InterruptedException() : new LeftRunning(all);
  }
}
