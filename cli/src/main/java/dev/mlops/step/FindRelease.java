package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Step;
import dev.mlops.platform.Release;
import dev.mlops.platform.Status;
import dev.mlops.platform.Workloads;
import dev.mlops.problem.Code;
import java.util.function.Consumer;

/** Finds the release that an environment runs, and refuses one that does not run well. */
public final class FindRelease implements Step<Status> {
  private final String environment;
  private final Workloads workloads;

  public FindRelease(String environment, Workloads workloads) {
    this.environment = environment;
    this.workloads = workloads;
  }

  @Override
  public String id() {
    return "find-release";
  }

  @Override
  public String title() {
    return "Find the release of " + environment;
  }

  @Override
  public Finding<Status> inspect() {
    return new Finding.InSync<>(find());
  }

  @Override
  public Status ensure(Consumer<String> progress) {
    return find();
  }

  @Override
  public String describe(Status status) {
    return status.release().map(Release::name).orElse("");
  }

  private Status find() {
    Status status = workloads.status();
    return switch (status.state()) {
      case RUNNING -> fit(status);
      case ABSENT -> throw refused("Nothing is deployed in " + environment, "mlops up");
      case PAUSED -> throw refused(environment + " is paused", "mlops resume");
      case DEGRADED ->
          throw refused(
              "Of the replicas of "
                  + environment
                  + " "
                  + status.replicas().ready()
                  + " of "
                  + status.replicas().desired()
                  + " are ready",
              "mlops status");
    };
  }

  private Status fit(Status status) {
    if (status.release().isEmpty()) {
      throw refused("What runs in " + environment + " is no release of mlops", "mlops releases");
    }
    return status;
  }

  private RuntimeException refused(String message, String next) {
    return Code.RELEASE_NOT_PROMOTED.problem(
        message,
        "A release is promoted when it runs and predicts as in training.",
        next + " --env " + environment);
  }
}
