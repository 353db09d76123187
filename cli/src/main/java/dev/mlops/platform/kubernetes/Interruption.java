package dev.mlops.platform.kubernetes;

import java.nio.channels.ClosedByInterruptException;

/** Ctrl-C, in whatever exception the client wraps it. */
final class Interruption {
  private Interruption() {}

  static boolean isCause(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof InterruptedException || t instanceof ClosedByInterruptException) {
        return true;
      }
    }
    return Thread.currentThread().isInterrupted();
  }
}
