package dev.mlops.scaffold;

import java.util.Locale;

/** How Prometheus finds the replicas. */
public enum Scraping {
  /** As most installations of Prometheus look for. */
  ANNOTATIONS("annotations of the pods"),
  /** Objects of the Prometheus operator, which also takes the alerts. */
  PODMONITOR("a PodMonitor and a PrometheusRule"),
  /** An object of Google's Managed Service for Prometheus; its alerts are Cloud Monitoring's. */
  PODMONITORING("a PodMonitoring");

  private final String text;

  Scraping(String text) {
    this.text = text;
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String text() {
    return text;
  }
}
