package dev.mlops.platform;

/** The wait for something was interrupted, and it goes on without us. */
public final class LeftRunning extends InterruptedException {
  /**
   * @param message what goes on, and how it is picked up, for the user
   */
  public LeftRunning(String message) {
    super(message);
  }
}
