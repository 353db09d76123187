package dev.mlops.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.config.MlopsConfig;
import dev.mlops.config.Model;
import dev.mlops.config.PlatformKind;
import dev.mlops.config.Service;
import dev.mlops.manifest.ContainerVariables;
import dev.mlops.manifest.Manifests;
import dev.mlops.manifest.NetworkPolicies;
import dev.mlops.manifest.WayOut;
import dev.mlops.platform.Check;
import java.util.List;
import java.util.Optional;

/** Whether the manifests' own NetworkPolicies let traces out of the pods. */
public record TraceCheck(Project project) implements Check {
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

  /** Empty on {@code local}, where no policy is enforced. */
  public static Optional<Check> of(Project project) {
    return project.config().platform() == PlatformKind.LOCAL
        ? Optional.empty()
        : Optional.of(new TraceCheck(project));
  }

  @Override
  public String id() {
    return "traces";
  }

  @Override
  public String title() {
    return "Traces";
  }

  @Override
  public Result look() {
    List<ObjectNode> manifests = Manifests.load(project.manifests());
    Optional<WayOut> way = wayOut(project.config(), manifests);
    if (way.isEmpty()) {
      return new Result.NotApplicable("traces go nowhere outside of the pods");
    }
    List<String> closed =
        new NetworkPolicies(manifests, project.config().image().repository()).closedTo(way.get());
    return closed.isEmpty()
        ? new Result.Fine("traces to " + target(way.get()))
        : new Result.Warning(
            "NetworkPolicy "
                + String.join(", ", closed)
                + " lets no traces out to "
                + target(way.get()),
            "mlops init --traces");
  }

  private static String target(WayOut way) {
    return way.host() + ":" + way.port();
  }

  /** Where the service sends its spans; absent if nowhere, or to a container beside it. */
  static Optional<WayOut> wayOut(MlopsConfig config, List<ObjectNode> manifests) {
    Service.Trace trace = config.service().trace();
    boolean exports =
        config.model().kind() != Model.Kind.IMAGE && trace.exporter() == Service.Exporter.OTLP;
    if (!exports) {
      return Optional.empty();
    }
    return ContainerVariables.find(manifests, config.image().repository(), ENDPOINT)
        .or(trace::endpoint)
        .flatMap(WayOut::of);
  }
}
