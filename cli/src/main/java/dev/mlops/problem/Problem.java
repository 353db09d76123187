package dev.mlops.problem;

import static java.util.Objects.requireNonNull;

/**
 * What a user is told when something is wrong: the same four parts in text and in JSON.
 *
 * @param code the catalogue entry, stable across releases
 * @param message what happened, in the user's words; may have several lines
 * @param why the reason as far as it is known, or empty
 * @param next one step that can be run or typed, or empty
 * @param cause the raw cause (an exception's text, a child's last lines), or empty; never a secret
 */
public record Problem(Code code, String message, String why, String next, String cause) {
  public Problem {
    requireNonNull(code, "code is null");
    requireNonNull(message, "message is null");
    requireNonNull(why, "why is null");
    requireNonNull(next, "next is null");
    requireNonNull(cause, "cause is null");
  }

  public Problem withNext(String other) {
    return new Problem(code, message, why, other, cause);
  }
}
