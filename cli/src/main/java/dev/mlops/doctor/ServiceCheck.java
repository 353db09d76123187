package dev.mlops.doctor;

import dev.mlops.platform.Check;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;

/** A question to the service, where one runs. */
record ServiceCheck(String id, String title, Platform platform, Question question)
    implements Check {
  interface Question {
    Result ask(Status status) throws InterruptedException;
  }

  @Override
  public Result look() throws InterruptedException {
    Status status = platform.workloads().status();
    return switch (status.state()) {
      case ABSENT -> new Result.NotApplicable("nothing is deployed");
      case PAUSED -> new Result.NotApplicable("paused");
      case RUNNING, DEGRADED -> question.ask(status);
    };
  }
}
