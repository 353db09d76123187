package dev.mlops.platform.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.ContainerVariables;
import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Event;
import dev.mlops.platform.Status;
import dev.mlops.platform.Workloads;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The cluster's workloads; where there is no cluster, nothing runs. */
record GcpWorkloads(Site site, Workloads inCluster) implements Workloads {
  /** As Google's own libraries call it. */
  private static final String PROJECT = "GOOGLE_CLOUD_PROJECT";

  private static final String ACTS_AS = "iam.gke.io/gcp-service-account";

  @Override
  public Status status() {
    return unlessThereIsNone(inCluster::status, Status.NOTHING);
  }

  @Override
  public List<Event> events() {
    return unlessThereIsNone(inCluster::events, List.of());
  }

  @Override
  public List<String> compare(Desired desired) {
    return inCluster.compare(identified(desired));
  }

  @Override
  public List<ObjectNode> render(Desired desired) {
    return inCluster.render(identified(desired));
  }

  @Override
  public Status apply(Desired desired, ApplyOptions options, Consumer<String> progress)
      throws InterruptedException {
    return inCluster.apply(identified(desired), options, progress);
  }

  @Override
  public Optional<byte[]> ask(Status.Replica replica, String path)
      throws IOException, InterruptedException {
    return inCluster.ask(replica, path);
  }

  private static <T> T unlessThereIsNone(Supplier<T> ofCluster, T otherwise) {
    try {
      return ofCluster.get();
    } catch (MlopsException e) {
      if (e.problem().code() == Code.GCP_NO_CLUSTER) {
        return otherwise;
      }
      throw e;
    }
  }

  /**
   * With the project that logs and traces belong to, and the account that the pods' ServiceAccount
   * acts as, if it acts as one.
   */
  private Desired identified(Desired desired) {
    List<ObjectNode> manifests =
        ContainerVariables.with(
            desired.manifests(), site.settings().image(), PROJECT, site.project());
    return switch (site.config().mode()) {
      case DIRECT -> new Desired(desired.release(), manifests);
      case IMPERSONATION ->
          new Desired(desired.release(), manifests.stream().map(this::annotated).toList());
    };
  }

  private ObjectNode annotated(ObjectNode object) {
    boolean isThePods =
        object.path("kind").asText().equals("ServiceAccount")
            && object.at("/metadata/name").asText().equals(site.settings().serviceAccount());
    if (!isThePods) {
      return object;
    }
    ObjectNode copy = object.deepCopy();
    copy.withObject("/metadata/annotations").put(ACTS_AS, PodIdentity.account(site).email());
    return copy;
  }
}
