package dev.mlops.config;

/** Where the service runs. */
public enum PlatformKind {
  LOCAL,
  KUBERNETES,
  GCP,
  AWS,
  AZURE;

  /** As it is written in the config. */
  public String label() {
    return Shape.label(this);
  }
}
