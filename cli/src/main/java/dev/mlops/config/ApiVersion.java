package dev.mlops.config;

/** The form of the config file. */
public enum ApiVersion {
  MLOPS_V1;

  @Override
  public String toString() {
    return "mlops/v1";
  }
}
