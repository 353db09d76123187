package dev.mlops.plan;

/** How a step ended. */
public sealed interface Outcome {
  /** A line or more for the user; may be empty. */
  String detail();

  record Unchanged(String detail) implements Outcome {}

  record Planned(String detail) implements Outcome {}

  record Changed(String detail) implements Outcome {}

  record Skipped(String detail) implements Outcome {}

  record Failed(String detail, Exception cause) implements Outcome {}
}
