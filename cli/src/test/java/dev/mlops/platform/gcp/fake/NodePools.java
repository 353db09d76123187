package dev.mlops.platform.gcp.fake;

import com.google.container.v1.Cluster;
import com.google.container.v1.GetNodePoolRequest;
import com.google.container.v1.ListNodePoolsRequest;
import com.google.container.v1.ListNodePoolsResponse;
import com.google.container.v1.NodePool;
import com.google.container.v1.Operation;
import com.google.container.v1.SetNodePoolAutoscalingRequest;
import com.google.container.v1.SetNodePoolSizeRequest;
import com.google.container.v1.UpdateNodePoolRequest;
import com.google.rpc.Code;
import java.util.List;
import java.util.function.Consumer;

/** The node pools of {@link Clusters}; a count is for each zone. */
final class NodePools {
  private final World world;
  private final Clusters clusters;

  NodePools(World world, Clusters clusters) {
    this.world = world;
    this.clusters = clusters;
  }

  static void complete(NodePool.Builder pool, String cluster, Cluster.Builder of) {
    if (pool.getLocationsCount() == 0) {
      pool.addAllLocations(of.getLocationsList());
    }
    if (pool.getConfig().getMachineType().isEmpty() && !of.getAutopilot().getEnabled()) {
      pool.getConfigBuilder().setMachineType("e2-medium");
    }
    if (pool.getConfig().getDiskSizeGb() == 0) {
      pool.getConfigBuilder().setDiskSizeGb(100).setDiskType("pd-balanced");
    }
    pool.setSelfLink(
            "https://container.googleapis.com/v1/" + cluster + "/nodePools/" + pool.getName())
        .setStatus(NodePool.Status.PROVISIONING)
        .clearInstanceGroupUrls();
    String project = Resource.part(cluster, "projects");
    for (String zone : pool.getLocationsList()) {
      pool.addInstanceGroupUrls(
          "https://www.googleapis.com/compute/v1/projects/"
              + project
              + "/zones/"
              + zone
              + "/instanceGroupManagers/"
              + group(of.getName(), pool.getName()));
    }
  }

  static String group(String cluster, String pool) {
    return "gke-" + cluster + "-" + pool + "-0a1b2c3d-grp";
  }

  List<Rpc<?, ?>> methods() {
    return List.of(
        new Rpc<>(
            Clusters.SERVICE + "ListNodePools",
            ListNodePoolsRequest.getDefaultInstance(),
            ListNodePoolsResponse.getDefaultInstance(),
            request ->
                ListNodePoolsResponse.newBuilder()
                    .addAllNodePools(clusters.need(request.getParent()).getNodePoolsList())
                    .build()),
        new Rpc<>(
            Clusters.SERVICE + "GetNodePool",
            GetNodePoolRequest.getDefaultInstance(),
            NodePool.getDefaultInstance(),
            request -> need(request.getName())),
        new Rpc<>(
            Clusters.SERVICE + "SetNodePoolSize",
            SetNodePoolSizeRequest.getDefaultInstance(),
            Operation.getDefaultInstance(),
            this::size),
        new Rpc<>(
            Clusters.SERVICE + "SetNodePoolAutoscaling",
            SetNodePoolAutoscalingRequest.getDefaultInstance(),
            Operation.getDefaultInstance(),
            request ->
                change(
                    request.getName(),
                    Operation.Type.SET_NODE_POOL_MANAGEMENT,
                    pool -> pool.setAutoscaling(request.getAutoscaling()))),
        new Rpc<>(
            Clusters.SERVICE + "UpdateNodePool",
            UpdateNodePoolRequest.getDefaultInstance(),
            Operation.getDefaultInstance(),
            this::update));
  }

  private NodePool need(String name) {
    String pool = Resource.last(name);
    return clusters.need(cluster(name)).getNodePoolsList().stream()
        .filter(each -> each.getName().equals(pool))
        .findFirst()
        .orElseThrow(() -> ApiFault.notFound(name));
  }

  private static String cluster(String name) {
    return name.replaceAll("/nodePools/.*", "");
  }

  private Operation size(SetNodePoolSizeRequest request) {
    NodePool pool = need(request.getName());
    if (request.getNodeCount() < 0) {
      throw ApiFault.invalid("node_count must not be negative.");
    }
    if (clusters.need(cluster(request.getName())).getAutopilot().getEnabled()) {
      throw ApiFault.invalid("Autopilot clusters do not support mutating node pools.");
    }
    return change(
        request.getName(),
        Operation.Type.SET_NODE_POOL_SIZE,
        changed -> {
          changed.setInitialNodeCount(request.getNodeCount());
          world.compute().resize(cluster(request.getName()), pool, request.getNodeCount());
        });
  }

  private Operation update(UpdateNodePoolRequest request) {
    return change(
        request.getName(),
        Operation.Type.UPGRADE_NODES,
        pool -> {
          if (request.hasWorkloadMetadataConfig()) {
            pool.getConfigBuilder().setWorkloadMetadataConfig(request.getWorkloadMetadataConfig());
          }
          if (request.hasResourceLabels()) {
            pool.getConfigBuilder()
                .clearResourceLabels()
                .putAllResourceLabels(request.getResourceLabels().getLabelsMap());
          }
          if (request.hasUpgradeSettings()) {
            pool.setUpgradeSettings(request.getUpgradeSettings());
          }
        });
  }

  private Operation change(String name, Operation.Type type, Consumer<NodePool.Builder> change) {
    need(name);
    world.rights().need("container.clusters.update", name);
    String pool = Resource.last(name);
    return clusters.reconcile(
        cluster(name),
        type,
        cluster -> {
          cluster.getNodePoolsBuilderList().stream()
              .filter(each -> each.getName().equals(pool))
              .findFirst()
              .orElseThrow(() -> ApiFault.of(Code.NOT_FOUND, name))
              .setStatus(NodePool.Status.RUNNING);
          cluster.getNodePoolsBuilderList().stream()
              .filter(each -> each.getName().equals(pool))
              .forEach(change);
          return cluster;
        });
  }
}
