package dev.mlops.platform.gcp;

import com.google.container.v1.Cluster;
import com.google.container.v1.DeleteClusterRequest;
import com.google.container.v1.Operation;
import dev.mlops.platform.Ownership.Looked;
import dev.mlops.platform.Ownership.Owned;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The cluster with its nodes and their disks; one that was adopted stays.
 *
 * @param wasOurs told when it goes, since what it leaves behind does not say
 */
record ClusterHolding(Site site, AtomicBoolean wasOurs) implements Holding {
  private static final String KIND = "cluster";

  @Override
  public List<String> kinds() {
    return List.of(KIND);
  }

  @Override
  public List<Looked> look() throws InterruptedException {
    Optional<Cluster> found = ClusterResource.find(site);
    if (found.isEmpty()) {
      return List.of(Looked.nothing(KIND));
    }
    Optional<BigDecimal> fee = Prices.of(site).of("cluster", BigDecimal.ONE);
    return List.of(
        isOurs(found.get())
            ? new Looked(KIND, List.of(owned(found.get(), "")), List.of(), fee)
            : new Looked(
                KIND, List.of(), List.of(owned(found.get(), ", was not made by mlops")), fee));
  }

  private Owned owned(Cluster cluster, String more) {
    String what = cluster.getAutopilot().getEnabled() ? "autopilot" : "standard";
    return new Owned(KIND, cluster.getName(), what + " in " + cluster.getLocation() + more);
  }

  private boolean isOurs(Cluster cluster) {
    return site.names().areOurs(cluster.getResourceLabelsMap());
  }

  @Override
  public void remove(Consumer<String> progress) throws InterruptedException {
    Optional<Cluster> found = ClusterResource.find(site);
    if (found.isEmpty() || !isOurs(found.get())) {
      return;
    }
    wasOurs.set(true);
    String deed = "remove the cluster " + found.get().getName();
    progress.accept(deed);
    var request = DeleteClusterRequest.newBuilder().setName(site.cluster()).build();
    var operations = new ClusterOperations(site);
    Optional<Operation> begun =
        found.get().getStatus() == Cluster.Status.STOPPING
            ? operations.underWay(Operation.Type.DELETE_CLUSTER)
            : site.policy()
                .remove(deed, progress, () -> site.clients().clusters().deleteCluster(request));
    operations.awaitAbsence(deed, progress, begun);
  }
}
