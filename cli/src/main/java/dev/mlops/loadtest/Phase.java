package dev.mlops.loadtest;

/** The parts of a test; only one of them counts. */
public enum Phase {
  /** Users are being started. */
  RAMP("ramp"),
  /** All users run, and the service may still get faster. */
  WARM_UP("warm-up"),
  MEASURED("measured"),
  /** Nothing is sent any more; answers are awaited. */
  DRAIN("drain");

  private final String label;

  Phase(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
