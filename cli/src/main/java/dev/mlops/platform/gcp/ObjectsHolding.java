package dev.mlops.platform.gcp;

import com.google.container.v1.Cluster;
import dev.mlops.platform.Ownership;
import dev.mlops.platform.Ownership.Looked;
import dev.mlops.problem.MlopsException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Our objects in the cluster. They go first, and are waited for: with its Services a cluster takes
 * its load balancers down, which nobody does for it once it is gone.
 *
 * @param objects of the Kubernetes platform
 */
record ObjectsHolding(Site site, Ownership objects) implements Holding {
  private static final String KIND = "Kubernetes object";

  @Override
  public List<String> kinds() {
    return List.of(KIND);
  }

  @Override
  public List<Looked> look() throws InterruptedException {
    return List.of(answers() ? inCluster() : Looked.nothing(KIND));
  }

  private Looked inCluster() throws InterruptedException {
    try {
      return new Looked(KIND, objects.owned(), objects.kept(), Looked.FREE);
    } catch (MlopsException e) {
      if (isOurs()) {
        // They go with the cluster, and the sweep finds what stays.
        return Looked.unseen(KIND, "the cluster does not answer: " + e.problem().message());
      }
      throw e;
    }
  }

  @Override
  public void remove(Consumer<String> progress) throws InterruptedException {
    if (!answers()) {
      return;
    }
    try {
      objects.remove(progress);
    } catch (MlopsException e) {
      if (!isOurs()) {
        throw e;
      }
      progress.accept("the cluster does not let its objects go: " + e.problem().message());
    }
  }

  private boolean answers() throws InterruptedException {
    Optional<Cluster> cluster = ClusterResource.find(site);
    return cluster.isPresent()
        && List.of(Cluster.Status.RUNNING, Cluster.Status.RECONCILING, Cluster.Status.DEGRADED)
            .contains(cluster.get().getStatus());
  }

  private boolean isOurs() throws InterruptedException {
    return ClusterResource.find(site)
        .filter(cluster -> site.names().areOurs(cluster.getResourceLabelsMap()))
        .isPresent();
  }
}
