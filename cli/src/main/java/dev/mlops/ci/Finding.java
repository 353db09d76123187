package dev.mlops.ci;

import dev.mlops.config.Origin;

/**
 * One thing that is wrong with a workflow.
 *
 * @param rule its stable name, such as {@code unpinned-action}
 * @param message what is wrong, in the form of "unknown key 'step'; did you mean 'steps'?"
 */
public record Finding(Severity severity, Origin at, String rule, String message) {
  /** How bad it is. */
  public enum Severity {
    /** It does not run, or it is not safe. */
    ERROR,
    /** It runs, and could be better. */
    WARNING
  }

  /** {@code ci-cd.yml:12:9: unpinned-action – …} */
  @Override
  public String toString() {
    return at.label() + ": " + rule + " – " + message;
  }
}
