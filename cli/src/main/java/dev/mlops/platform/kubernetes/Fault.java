package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.time.Duration;
import java.util.List;

/**
 * One thing that keeps a pod from being ready.
 *
 * @param subject the pod or ReplicaSet
 * @param container whose log tells more; empty if none does
 * @param message what happened
 * @param why the cluster's own words
 * @param next what to do
 * @param patience how long it has to be seen before it is certain that it does not heal
 */
record Fault(
    Code code,
    String subject,
    String container,
    String message,
    String why,
    String next,
    Duration patience) {
  /** It may heal as long as the rollout may last. */
  static final Duration UNTIL_DEADLINE = Duration.ofDays(365);

  /** What is one and the same fault from look to look. */
  String key() {
    return code.id() + " " + subject + " " + container;
  }

  Fault because(String moreWhy) {
    return new Fault(code, subject, container, message, join(why, moreWhy), next, patience);
  }

  /**
   * @param lines the last of the container's log
   */
  MlopsException problem(List<String> lines) {
    return lines.isEmpty()
        ? code.problem(message, why, next)
        : code.problem(message, why, next, new LastLines(lines));
  }

  private static String join(String one, String other) {
    return one.isEmpty() || other.isEmpty() ? one + other : one + "\n" + other;
  }

  /** A container's log, as the raw cause of its end. */
  static final class LastLines extends Exception {
    private static final long serialVersionUID = 1;

    LastLines(List<String> lines) {
      super(String.join("\n", lines), null, false, false);
    }
  }
}
