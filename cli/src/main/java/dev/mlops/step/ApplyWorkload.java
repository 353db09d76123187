package dev.mlops.step;

import dev.mlops.image.BuiltImage;
import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Status;
import dev.mlops.platform.Workloads;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Rolls the release out and waits until every replica is ready. */
public final class ApplyWorkload implements Step<Status> {
  private final Ref<BuiltImage> image;
  private final Function<BuiltImage, Desired> desired;
  private final Workloads workloads;

  public ApplyWorkload(
      Ref<BuiltImage> image, Function<BuiltImage, Desired> desired, Workloads workloads) {
    this.image = image;
    this.desired = desired;
    this.workloads = workloads;
  }

  @Override
  public String id() {
    return "apply-workload";
  }

  @Override
  public String title() {
    return "Roll out";
  }

  @Override
  public List<Ref<?>> needs() {
    return List.of(image);
  }

  @Override
  public Finding<Status> inspect() {
    List<String> differences = workloads.compare(desired.apply(image.get()));
    return differences.isEmpty()
        ? new Finding.InSync<>(workloads.status())
        : new Finding.Differs<>(String.join("\n", differences));
  }

  @Override
  public Status ensure(Consumer<String> progress) throws InterruptedException {
    return workloads.apply(desired.apply(image.get()), progress);
  }

  @Override
  public String describe(Status status) {
    return switch (status.state()) {
      case PAUSED -> "paused: the release is taken in and starts with `mlops resume`";
      case RUNNING, DEGRADED, ABSENT ->
          status.replicas().ready()
              + " of "
              + status.replicas().desired()
              + " replicas ready"
              + status.endpoint().map(address -> " at " + address).orElse("");
    };
  }
}
