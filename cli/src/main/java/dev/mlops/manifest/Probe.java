package dev.mlops.manifest;

/** A probe, times in seconds. */
public record Probe(Check check, int initialDelay, int period, int timeout, Thresholds thresholds) {

  /** What is asked of the service's own port. */
  public sealed interface Check {
    /**
     * @param path with its leading slash
     */
    record Http(String path) implements Check {}

    /** A connection that opens. */
    record Tcp() implements Check {}
  }

  /** How many in a row turn the verdict. */
  public record Thresholds(int failures, int successes) {}

  /** The longest that a start may take before this probe, as a startup probe, gives it up. */
  public int budgetSeconds() {
    return initialDelay + period * thresholds.failures();
  }
}
