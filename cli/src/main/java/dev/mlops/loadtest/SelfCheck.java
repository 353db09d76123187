package dev.mlops.loadtest;

/**
 * One way in which a load tester can spoil its own measurement, and whether it did.
 *
 * @param limit what the value may be, for people
 * @param reason why the measurement does not count; empty if passed
 */
public record SelfCheck(String title, String value, String limit, boolean passed, String reason) {
  static SelfCheck of(String title, String value, String limit, boolean passed, String reason) {
    return new SelfCheck(title, value, limit, passed, passed ? "" : reason);
  }
}
