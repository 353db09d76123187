package dev.mlops.platform.gcp.fake;

import com.google.container.v1.Cluster;
import com.google.container.v1.ClusterUpdate;
import com.google.container.v1.NodePool;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.rpc.Code;
import java.util.Map;

/** What the one field of a {@link ClusterUpdate} does to a cluster. */
final class ClusterChanges {
  /** Where the cluster's field is not called as the update's without {@code desired_}. */
  private static final Map<String, String> NAMES =
      Map.of("gateway_api_config", "network_config", "cluster_autoscaling", "autoscaling");

  private ClusterChanges() {}

  static Cluster.Builder apply(Cluster.Builder cluster, ClusterUpdate update) {
    if (update.hasDesiredNodePoolAutoscaling()) {
      return autoscaling(cluster, update);
    }
    if (update.hasDesiredGatewayApiConfig()) {
      cluster.getNetworkConfigBuilder().setGatewayApiConfig(update.getDesiredGatewayApiConfig());
      return cluster;
    }
    if (update.hasDesiredControlPlaneEndpointsConfig()) {
      cluster
          .getControlPlaneEndpointsConfigBuilder()
          .mergeFrom(update.getDesiredControlPlaneEndpointsConfig());
      return cluster;
    }
    update.getAllFields().forEach((field, value) -> set(cluster, field, value));
    return cluster;
  }

  private static Cluster.Builder autoscaling(Cluster.Builder cluster, ClusterUpdate update) {
    for (NodePool.Builder pool : cluster.getNodePoolsBuilderList()) {
      if (pool.getName().equals(update.getDesiredNodePoolId())) {
        pool.setAutoscaling(update.getDesiredNodePoolAutoscaling());
        return cluster;
      }
    }
    throw ApiFault.notFound(update.getDesiredNodePoolId());
  }

  private static void set(Cluster.Builder cluster, FieldDescriptor field, Object value) {
    String name = field.getName().replaceFirst("^desired_", "");
    FieldDescriptor target =
        Cluster.getDescriptor().findFieldByName(NAMES.getOrDefault(name, name));
    if (field.getName().equals("etag")) {
      return;
    }
    if (target == null || target.isRepeated() != field.isRepeated()) {
      throw ApiFault.of(Code.UNIMPLEMENTED, "the fake has no place for " + field.getName());
    }
    cluster.setField(target, value);
  }
}
