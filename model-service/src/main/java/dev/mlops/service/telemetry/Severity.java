package dev.mlops.service.telemetry;

/** How bad it is, in the words that log collectors read. */
public enum Severity {
  INFO,
  WARNING,
  ERROR
}
