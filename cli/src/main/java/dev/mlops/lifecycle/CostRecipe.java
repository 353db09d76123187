package dev.mlops.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.config.Gcp;
import dev.mlops.config.GcpCluster;
import dev.mlops.cost.Estimate;
import dev.mlops.cost.GcpEstimate;
import dev.mlops.cost.GcpFootprint;
import dev.mlops.image.OciLayout;
import dev.mlops.manifest.Claims;
import dev.mlops.manifest.Manifests;
import dev.mlops.manifest.ScaleOverride;
import dev.mlops.manifest.WorkloadSpec;
import dev.mlops.problem.MlopsException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an environment costs by the list, as far as it follows from its config; asks nobody. */
public final class CostRecipe {
  private static final int ZONES_OF_A_REGION = 3;
  private static final Set<String> ALWAYS_BALANCED = Set.of("Ingress", "Gateway");

  private CostRecipe() {}

  public static Estimate estimate(Project project) {
    return switch (project.config().platform()) {
      case LOCAL -> Estimate.nothing("Platform local is this machine: nothing is billed.");
      case KUBERNETES -> Estimate.unknown("mlops does not know what your own cluster costs.");
      case GCP -> GcpEstimate.of(footprint(project));
      case AWS, AZURE ->
          Estimate.unknown(
              "There is no price table for "
                  + project.config().platform().label()
                  + " in this version.");
    };
  }

  /**
   * The same for commands that have something else to say: absent where there is no table of
   * prices, or the manifests can't be read.
   */
  public static Optional<Estimate> known(Project project) {
    try {
      return Optional.of(estimate(project))
          .filter(known -> known.isComplete() || known.isUnpriced() || !known.items().isEmpty());
    } catch (MlopsException e) {
      return Optional.empty();
    }
  }

  static GcpFootprint footprint(Project project) {
    Gcp gcp = project.config().gcp();
    List<ObjectNode> manifests =
        ScaleOverride.apply(Manifests.load(project.manifests()), project.config().scale());
    return new GcpFootprint(
        gcp.region(),
        cluster(gcp, manifests, project.config().image().repository()),
        loadBalancers(manifests),
        imageBytes(project),
        Claims.gib(manifests));
  }

  private static GcpFootprint.Cluster cluster(
      Gcp gcp, List<ObjectNode> manifests, String imageName) {
    GcpCluster cluster = gcp.cluster();
    return switch (cluster.kind()) {
      case STANDARD -> {
        int zones = zones(gcp);
        // With 0 nodes at least, one is still needed while anything runs.
        int count = Math.max(1, cluster.nodes().min() * zones);
        var machine =
            new GcpFootprint.Machine(
                cluster.machineType(), cluster.disk().gb(), cluster.disk().type().label());
        yield new GcpFootprint.Standard(
            gcp.isZonal(), count, cluster.nodes().max() * zones, machine, gcp.adopt());
      }
      case AUTOPILOT -> autopilot(WorkloadSpec.from(manifests, imageName));
    };
  }

  private static int zones(Gcp gcp) {
    if (!gcp.cluster().zones().isEmpty()) {
      return gcp.cluster().zones().size();
    }
    return gcp.isZonal() ? 1 : ZONES_OF_A_REGION;
  }

  private static GcpFootprint.Autopilot autopilot(WorkloadSpec spec) {
    WorkloadSpec.Resources resources = spec.container().resources();
    var pod =
        new GcpFootprint.PodRequest(
            resources.cpuRequest().orElse(GcpFootprint.PodRequest.DEFAULT.milliCpu()),
            resources.memoryRequest().orElse(GcpFootprint.PodRequest.DEFAULT.memoryBytes()));
    int replicas = spec.scale().initial();
    int most = spec.scale().autoscaling().map(WorkloadSpec.Autoscaling::max).orElse(replicas);
    return new GcpFootprint.Autopilot(replicas, most, pod);
  }

  private static int loadBalancers(List<ObjectNode> manifests) {
    return (int) manifests.stream().filter(CostRecipe::isBalanced).count();
  }

  private static boolean isBalanced(ObjectNode object) {
    return ALWAYS_BALANCED.contains(object.path("kind").asText())
        || (object.path("kind").asText().equals("Service")
            && object.at("/spec/type").asText().equals("LoadBalancer"));
  }

  /** Of the image that was built last; 0 before the first. */
  private static long imageBytes(Project project) {
    try {
      return OciLayout.find(project.layout()).map(there -> there.image().sizeBytes()).orElse(0L);
    } catch (MlopsException e) {
      return 0; // damaged: the step that needs it says so
    }
  }
}
