package dev.mlops.platform.gcp;

import com.google.container.v1.ClusterUpdate;
import com.google.container.v1.NodePool;
import com.google.container.v1.Operation;
import com.google.container.v1.ShieldedNodes;
import com.google.container.v1.UpdateClusterRequest;
import com.google.container.v1.UpdateNodePoolRequest;
import com.google.container.v1.WorkloadIdentityConfig;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Puts right what can be changed in place: an update holds one field, and one runs at a time. */
record ClusterRepair(Site site, ClusterComparison comparison) {
  void run(Consumer<String> progress) throws InterruptedException {
    if (!comparison.isOurs()) {
      return;
    }
    if (!comparison.lets()) {
      update(
          "open the DNS endpoint",
          progress,
          ClusterUpdate.newBuilder()
              .setDesiredControlPlaneEndpointsConfig(ClusterSpec.endpoints()));
    }
    if (!comparison.found().getAutopilot().getEnabled()) {
      repairNodes(progress);
    }
  }

  private void repairNodes(Consumer<String> progress) throws InterruptedException {
    if (!comparison.hasWorkloadPool()) {
      update(
          "turn workload identity on",
          progress,
          ClusterUpdate.newBuilder()
              .setDesiredWorkloadIdentityConfig(
                  WorkloadIdentityConfig.newBuilder()
                      .setWorkloadPool(site.names().workloadPool())));
    }
    for (NodePool pool : comparison.poolsWithoutMetadata()) {
      serveMetadata(pool, progress);
    }
    if (!comparison.found().getShieldedNodes().getEnabled()) {
      update(
          "shield the nodes",
          progress,
          ClusterUpdate.newBuilder()
              .setDesiredShieldedNodes(ShieldedNodes.newBuilder().setEnabled(true)));
    }
    if (!comparison.wantsZones()) {
      update(
          "move the nodes to other zones",
          progress,
          ClusterUpdate.newBuilder().addAllDesiredLocations(site.config().cluster().zones()));
    }
    if (comparison.pool().filter(pool -> !comparison.isScaledAsWanted(pool)).isPresent()) {
      scale(comparison.pool().get(), progress);
    }
  }

  private void update(String deed, Consumer<String> progress, ClusterUpdate.Builder update)
      throws InterruptedException {
    UpdateClusterRequest request =
        UpdateClusterRequest.newBuilder().setName(site.cluster()).setUpdate(update).build();
    change(deed, progress, () -> site.clients().clusters().updateCluster(request));
  }

  private void serveMetadata(NodePool pool, Consumer<String> progress) throws InterruptedException {
    UpdateNodePoolRequest request =
        UpdateNodePoolRequest.newBuilder()
            .setName(name(pool))
            .setWorkloadMetadataConfig(ClusterSpec.metadata())
            .build();
    change(
        "make the nodes of " + pool.getName() + " anew, with GKE's metadata",
        progress,
        () -> site.clients().clusters().updateNodePool(request));
  }

  private void scale(NodePool pool, Consumer<String> progress) throws InterruptedException {
    update(
        "change how many nodes there are",
        progress,
        ClusterUpdate.newBuilder()
            .setDesiredNodePoolId(pool.getName())
            .setDesiredNodePoolAutoscaling(new ClusterSpec(site).autoscaling()));
  }

  private void change(String deed, Consumer<String> progress, Callable<Operation> call)
      throws InterruptedException {
    new ClusterOperations(site).change(deed, progress, call);
  }

  private String name(NodePool pool) {
    return site.cluster() + "/nodePools/" + pool.getName();
  }
}
