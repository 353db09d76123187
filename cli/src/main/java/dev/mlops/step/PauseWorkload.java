package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Step;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import java.util.List;
import java.util.function.Consumer;

/** Stops what runs; replicas and scaling are remembered by the platform. */
public final class PauseWorkload implements Step<Status> {
  private final Platform platform;

  public PauseWorkload(Platform platform) {
    this.platform = platform;
  }

  @Override
  public String id() {
    return "pause-workload";
  }

  @Override
  public String title() {
    return "Pause";
  }

  @Override
  public Finding<Status> inspect() throws InterruptedException {
    Status now = platform.workloads().status();
    return switch (now.state()) {
      case PAUSED -> {
        List<String> left = platform.power().leftToPause();
        yield left.isEmpty()
            ? new Finding.InSync<>(now)
            : new Finding.Differs<>(String.join("\n", left));
      }
      case RUNNING, DEGRADED ->
          new Finding.Differs<>(now.replicas().desired() + " replicas to stop");
      case ABSENT -> {
        List<String> left = platform.power().leftToPause();
        if (left.isEmpty() && platform.power().leftToResume().isEmpty()) {
          throw Status.nothingDeployed();
        }
        yield left.isEmpty()
            ? new Finding.InSync<>(now)
            : new Finding.Differs<>(String.join("\n", left));
      }
    };
  }

  @Override
  public Status ensure(Consumer<String> progress) throws InterruptedException {
    return platform.power().pause(progress);
  }

  @Override
  public String describe(Status status) {
    return status.state().label();
  }
}
