package dev.mlops.loadtest;

import java.util.List;

/** Holds answers against what the plan expects of each task's. */
final class AnswerCheck {
  private final boolean[][] good;
  private final BodyMatch[] wanted;

  /**
   * @param expected by task
   */
  AnswerCheck(List<Expect> expected) {
    this.good = expected.stream().map(Expect::good).toArray(boolean[][]::new);
    this.wanted = expected.stream().map(Expect::body).toArray(BodyMatch[]::new);
  }

  /** Before the first byte of the answer is read. */
  void expect(int task, ResponseParser response) {
    response.expect(wanted[task]);
  }

  boolean statusIsGood(int task, ResponseParser response) {
    return response.status() < good[task].length && good[task][response.status()];
  }

  /** As which kind of error a whole answer counts; null if it is good. */
  String fault(int task, ResponseParser response) {
    if (!statusIsGood(task, response)) {
      return "status " + response.status();
    }
    if (!response.bodyIsPlausible()) {
      return Failure.BAD_BODY.kind();
    }
    return response.bodyHasWanted() ? null : Failure.BODY_LACKS.kind();
  }
}
