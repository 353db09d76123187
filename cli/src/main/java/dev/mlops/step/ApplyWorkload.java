package dev.mlops.step;

import dev.mlops.image.BuiltImage;
import dev.mlops.manifest.StartBudget;
import dev.mlops.manifest.WorkloadSpec;
import dev.mlops.plan.Finding;
import dev.mlops.plan.Ref;
import dev.mlops.plan.Step;
import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Release;
import dev.mlops.platform.Status;
import dev.mlops.platform.Workloads;
import dev.mlops.problem.MlopsException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Rolls the release out and waits until every replica is ready. */
public final class ApplyWorkload implements Step<Status> {
  private final Ref<BuiltImage> image;
  private final Function<BuiltImage, Desired> desired;
  private final Workloads workloads;
  private final ApplyOptions options;
  private final Function<Release, Desired> meanwhile;

  /**
   * @param meanwhile what would be desired if the release that runs were kept
   */
  public ApplyWorkload(
      Ref<BuiltImage> image,
      Function<BuiltImage, Desired> desired,
      Function<Release, Desired> meanwhile,
      Workloads workloads,
      ApplyOptions options) {
    this.image = image;
    this.desired = desired;
    this.meanwhile = meanwhile;
    this.workloads = workloads;
    this.options = options;
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

  /** While the new image is not known, the manifests are compared with the present one in them. */
  @Override
  public String foresee() {
    return workloads
        .status()
        .release()
        .map(now -> String.join("\n", workloads.compare(meanwhile.apply(now))))
        .orElse("");
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
    return workloads.apply(desired.apply(image.get()), options, progress);
  }

  @Override
  public String describe(Status status) {
    return running(status) + warning();
  }

  private static String running(Status status) {
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

  /** Of a startup probe that would give up a start that is only slow. */
  private String warning() {
    return image
        .get()
        .startTime()
        .flatMap(time -> spec().flatMap(new StartBudget(time)::warning))
        .map(warning -> "\nwarning: " + warning)
        .orElse("");
  }

  /** Empty where a cluster runs what can't be read here, such as another kind of workload. */
  private Optional<WorkloadSpec> spec() {
    Desired wanted = desired.apply(image.get());
    try {
      return Optional.of(WorkloadSpec.from(wanted.manifests(), wanted.release().image().value()));
    } catch (MlopsException _) {
      return Optional.empty();
    }
  }
}
