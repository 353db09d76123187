package dev.mlops.manifest;

import dev.mlops.manifest.WorkloadSpec.Resources;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the startup probe waits as long as a start may take: docs/decisions/startup-probe.md.
 *
 * @param measured from the start to ready, where the image was built, with whole cores
 */
public record StartBudget(Duration measured) {
  /** A start keeps up to this many cores busy, so long is its work on one. */
  private static final double CORES = 2;

  private static final long CORE_MILLIS = 1000;
  private static final long NO_REQUEST_MILLIS = 100;

  /**
   * The longest that a start takes on a full node, where a pod has no more CPU than it asks for.
   */
  public Duration needed(Resources resources) {
    long share = Math.min(CORE_MILLIS, requested(resources));
    return Duration.ofMillis(
        Math.round(CORES * measured.toMillis() * CORE_MILLIS / Math.max(1, share)));
  }

  /** What the user should know, if the probe gives up before. */
  public Optional<String> warning(WorkloadSpec spec) {
    WorkloadSpec.Container container = spec.container();
    Duration needed = needed(container.resources());
    return container
        .probes()
        .startup()
        .filter(probe -> probe.budgetSeconds() < seconds(needed))
        .map(probe ->
            String.format(
                Locale.ROOT,
                "the startup probe gives up after %d s; a start took %d ms at the build and may take %d s with a CPU request of %dm: set its failureThreshold to %d",
                probe.budgetSeconds(),
                measured.toMillis(),
                seconds(needed),
                requested(container.resources()),
                Math.ceilDiv(Math.max(1, seconds(needed) - probe.initialDelay()), probe.period())));
  }

  /** As Kubernetes does, a limit is taken for the request where there is none. */
  private static long requested(Resources resources) {
    return resources.cpuRequest().orElse(resources.cpuLimit().orElse(NO_REQUEST_MILLIS));
  }

  private static int seconds(Duration duration) {
    return Math.toIntExact(Math.ceilDiv(duration.toMillis(), 1000L));
  }
}
