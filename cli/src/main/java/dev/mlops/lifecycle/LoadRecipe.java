package dev.mlops.lifecycle;

import dev.mlops.image.ImageBuilder;
import dev.mlops.image.ImageSpec;
import dev.mlops.image.Purpose;
import dev.mlops.loadtest.Launch;
import dev.mlops.loadtest.LiveRuns;
import dev.mlops.loadtest.LoadDraft;
import dev.mlops.loadtest.LoadPlan;
import dev.mlops.loadtest.LoadResult;
import dev.mlops.loadtest.LoadSpec;
import dev.mlops.loadtest.LoadTest;
import dev.mlops.loadtest.ReplicaSampler;
import dev.mlops.loadtest.cluster.JobWorkers;
import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.platform.Forwards;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import dev.mlops.step.FindEndpoint;
import dev.mlops.step.MeasureLoad;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts load on the service and watches its replicas meanwhile. */
public final class LoadRecipe {
  private LoadRecipe() {}

  /**
   * Adds the steps.
   *
   * @param after what has to be done first
   */
  public static Ref<LoadResult> addTo(
      Plan plan, Project project, Platform platform, LoadOrder order, List<Ref<?>> after) {
    Ref<URI> endpoint = plan.add(new FindEndpoint(after, () -> target(platform, order)));
    return plan.add(
        new MeasureLoad(
            endpoint,
            found -> plan(order.draft(), found, project),
            new LoadTest(sampler(platform, order.target()), order.launch(), order.baseline()),
            order.display(),
            order.reports().orElseGet(() -> newFolder(project))));
  }

  private static URI target(Platform platform, LoadOrder order) {
    return order.target().orElseGet(() -> order.launch().nearby(endpoint(platform)));
  }

  /**
   * Workers that the load comes from.
   *
   * @param onPlatform whether they run there as a job, or as processes of this machine
   */
  public static Launch workers(
      Project project, Platform platform, int workers, boolean onPlatform) {
    if (onPlatform) {
      return Launch.workers(
          workers,
          new JobWorkers(platform, ImageBuilder.ofUser(), image(project), project.loadLayout()));
    }
    return Launch.processes(workers);
  }

  private static ImageSpec image(Project project) {
    return new ImageSpec(
        project.config().name().text(),
        project.config().image().base(),
        project.installation().jars(),
        new Purpose.Load(),
        Map.of(),
        Map.of());
  }

  /** What tests on the live page are made of. */
  public static LiveRuns.Bench bench(Project project, Platform platform, LoadOrder order) {
    URI endpoint = target(platform, order);
    return new LiveRuns.Bench(
        asked ->
            plan(
                new LoadDraft(order.draft().spec(), asked.or(order.draft().flags())),
                endpoint,
                project),
        () -> new LoadTest(sampler(platform, order.target()), order.launch(), order.baseline()),
        () -> newFolder(project));
  }

  /** Where the report of a test that begins now goes. */
  public static Path newFolder(Project project) {
    String name = ReportName.of("loadtest", Instant.now());
    Path folder = project.reports().resolve(name);
    for (int more = 2; Files.exists(folder); more++) {
      folder = folder.resolveSibling(name + "-" + more);
    }
    return folder;
  }

  /** The project's own plan, or the defaults if it has none. */
  public static LoadSpec spec(Project project) {
    Path file = project.loadPlan();
    return Files.exists(file)
        ? LoadSpec.read(file, project.root().relativize(file).toString())
        : LoadSpec.defaults();
  }

  /** Where the environment's service answers now. */
  public static URI endpoint(Platform platform) {
    return platform
        .workloads()
        .status()
        .requireRunning()
        .endpoint()
        .orElseGet(() -> forwarded(platform));
  }

  /** Where there is no address; open for as long as the command runs. */
  private static URI forwarded(Platform platform) {
    return platform.forwards().open(Forwards.FREE_PORT, _ -> {}).address();
  }

  /** The whole plan for the project's model. */
  public static LoadPlan plan(LoadDraft draft, URI endpoint, Project project) {
    return draft.plan(endpoint, project.root(), schema(project));
  }

  private static Optional<Path> schema(Project project) {
    return Optional.of(project.schema()).filter(Files::exists);
  }

  /** Watches the environment's replicas, unless the load goes elsewhere. */
  public static ReplicaSampler sampler(Platform platform, Optional<URI> target) {
    if (target.isPresent()) {
      return ReplicaSampler.NONE;
    }
    return () -> {
      Status status = platform.workloads().status();
      return Optional.of(
          new ReplicaSampler.Sample(
              status.replicas().desired(),
              status.replicas().ready(),
              status.autoscaling().flatMap(Status.Autoscaling::currentCpuPercent)));
    };
  }
}
