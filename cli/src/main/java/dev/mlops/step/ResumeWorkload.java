package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Step;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import java.util.List;
import java.util.function.Consumer;

/** Brings back exactly what ran before the pause, and waits until it is ready. */
public final class ResumeWorkload implements Step<Status> {
  private final Platform platform;

  public ResumeWorkload(Platform platform) {
    this.platform = platform;
  }

  @Override
  public String id() {
    return "resume-workload";
  }

  @Override
  public String title() {
    return "Resume";
  }

  @Override
  public Finding<Status> inspect() throws InterruptedException {
    Status now = platform.workloads().status();
    return switch (now.state()) {
      case RUNNING -> {
        List<String> left = platform.power().leftToResume();
        yield left.isEmpty()
            ? new Finding.InSync<>(now)
            : new Finding.Differs<>(String.join("\n", left));
      }
      case PAUSED -> new Finding.Differs<>("paused");
      case DEGRADED -> new Finding.Differs<>("degraded: " + String.join(" ", now.notes()));
      case ABSENT -> {
        List<String> left = platform.power().leftToResume();
        if (left.isEmpty()) {
          throw Status.nothingDeployed();
        }
        yield new Finding.Differs<>(String.join("\n", left));
      }
    };
  }

  @Override
  public Status ensure(Consumer<String> progress) throws InterruptedException {
    return platform.power().resume(progress);
  }

  @Override
  public String describe(Status status) {
    return status.replicas().ready() + " of " + status.replicas().desired() + " replicas ready";
  }
}
