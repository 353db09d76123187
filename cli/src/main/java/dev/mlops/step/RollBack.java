package dev.mlops.step;

import dev.mlops.plan.Finding;
import dev.mlops.plan.Step;
import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Releases.Revision;
import dev.mlops.platform.Releases.State;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Applies a release that the platform remembers, as it was: image, by digest, and manifests. */
public final class RollBack implements Step<Status> {
  private final Platform platform;
  private final Optional<String> wanted;
  private final ApplyOptions options;

  /**
   * @param wanted a release's name or its revision; the one before the current if absent
   */
  public RollBack(Platform platform, Optional<String> wanted, ApplyOptions options) {
    this.platform = platform;
    this.wanted = wanted;
    this.options = options;
  }

  @Override
  public String id() {
    return "roll-back";
  }

  @Override
  public String title() {
    return "Roll back";
  }

  @Override
  public Finding<Status> inspect() {
    Revision target = target();
    return platform.workloads().compare(desired(target)).isEmpty()
        ? new Finding.InSync<>(platform.workloads().status())
        : new Finding.Differs<>(title(target));
  }

  @Override
  public Status ensure(Consumer<String> progress) throws InterruptedException {
    Revision target = target();
    if (!platform.images().has(target.release().image())) {
      throw Code.RELEASE_UNKNOWN.problem(
          "The image of " + title(target) + " is gone",
          "The place that the platform takes images from does not have it any more.",
          "mlops releases");
    }
    progress.accept("to " + title(target));
    return platform.workloads().apply(desired(target), options, progress);
  }

  @Override
  public String describe(Status status) {
    String release = status.release().map(now -> "release " + now.name()).orElse("no release");
    return switch (status.state()) {
      case PAUSED -> release + ", paused";
      case RUNNING, DEGRADED, ABSENT -> release;
    };
  }

  private Revision target() {
    List<Revision> all = platform.releases().list();
    if (all.isEmpty()) {
      throw Status.nothingDeployed();
    }
    return wanted.isPresent() ? named(all, wanted.get()) : before(all);
  }

  /** A name may stand there more than once: the one that came up last is meant. */
  private static Revision named(List<Revision> all, String name) {
    return all.stream()
        .filter(r -> r.release().name().equals(name) || Integer.toString(r.number()).equals(name))
        .findFirst()
        .orElseThrow(() ->
            Code.RELEASE_UNKNOWN.problem(
                "There is no release `" + name + "`", "", "mlops releases"));
  }

  private static Revision before(List<Revision> all) {
    return all.stream()
        .filter(revision -> revision.state() == State.GOOD)
        .findFirst()
        .orElseThrow(() ->
            Code.RELEASE_UNKNOWN.problem(
                "There is no release to go back to",
                "No former one that came up is remembered.",
                "mlops releases"));
  }

  private static Desired desired(Revision target) {
    return target
        .desired()
        .orElseThrow(() ->
            Code.RELEASE_UNKNOWN.problem(
                "The manifests of " + title(target) + " were not kept",
                "They were too large, or somebody removed the annotation.",
                "mlops releases"));
  }

  private static String title(Revision target) {
    return "release " + target.release().name() + " (revision " + target.number() + ")";
  }
}
