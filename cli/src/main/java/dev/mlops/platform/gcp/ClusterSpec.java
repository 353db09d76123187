package dev.mlops.platform.gcp;

import com.google.container.v1.Autopilot;
import com.google.container.v1.ClientCertificateConfig;
import com.google.container.v1.Cluster;
import com.google.container.v1.ControlPlaneEndpointsConfig;
import com.google.container.v1.CostManagementConfig;
import com.google.container.v1.DatapathProvider;
import com.google.container.v1.GatewayAPIConfig;
import com.google.container.v1.IPAllocationPolicy;
import com.google.container.v1.MasterAuth;
import com.google.container.v1.NetworkConfig;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodeConfigDefaults;
import com.google.container.v1.NodeKubeletConfig;
import com.google.container.v1.NodeManagement;
import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import com.google.container.v1.NodePoolDefaults;
import com.google.container.v1.ReleaseChannel;
import com.google.container.v1.ShieldedInstanceConfig;
import com.google.container.v1.ShieldedNodes;
import com.google.container.v1.WorkloadIdentityConfig;
import com.google.container.v1.WorkloadMetadataConfig;
import dev.mlops.config.GcpCluster;

/** The cluster as it is asked for, with everything that can't be added later without a loss. */
record ClusterSpec(Site site) {
  static final String POOL = "default-pool";
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

  Cluster cluster() {
    Cluster.Builder cluster =
        Cluster.newBuilder()
            .setName(config().name().text())
            .setIpAllocationPolicy(IPAllocationPolicy.newBuilder().setUseIpAliases(true))
            .setControlPlaneEndpointsConfig(endpoints())
            .setReleaseChannel(
                ReleaseChannel.newBuilder().setChannel(ReleaseChannel.Channel.REGULAR))
            .putAllResourceLabels(site.names().labels());
    return switch (config().kind()) {
      case AUTOPILOT -> autopilot(cluster);
      case STANDARD -> standard(cluster);
    };
  }

  static ControlPlaneEndpointsConfig endpoints() {
    return ControlPlaneEndpointsConfig.newBuilder()
        .setDnsEndpointConfig(
            ControlPlaneEndpointsConfig.DNSEndpointConfig.newBuilder()
                .setAllowExternalTraffic(true))
        .build();
  }

  NodePoolAutoscaling autoscaling() {
    return NodePoolAutoscaling.newBuilder()
        .setEnabled(true)
        .setMinNodeCount(config().nodes().min())
        .setMaxNodeCount(config().nodes().max())
        .build();
  }

  private Cluster autopilot(Cluster.Builder cluster) {
    return cluster
        .setAutopilot(Autopilot.newBuilder().setEnabled(true))
        .addNodePools(
            NodePool.newBuilder().setName(POOL).setInitialNodeCount(1).setConfig(nodeIdentity()))
        .build();
  }

  private Cluster standard(Cluster.Builder cluster) {
    return cluster
        .addAllLocations(config().zones())
        .setWorkloadIdentityConfig(
            WorkloadIdentityConfig.newBuilder().setWorkloadPool(site.names().workloadPool()))
        .addNodePools(pool())
        .setNetworkConfig(
            NetworkConfig.newBuilder()
                .setDatapathProvider(DatapathProvider.ADVANCED_DATAPATH)
                .setGatewayApiConfig(
                    GatewayAPIConfig.newBuilder()
                        .setChannel(GatewayAPIConfig.Channel.CHANNEL_STANDARD)))
        .setNodePoolDefaults(
            NodePoolDefaults.newBuilder()
                .setNodeConfigDefaults(
                    NodeConfigDefaults.newBuilder()
                        .setNodeKubeletConfig(
                            NodeKubeletConfig.newBuilder()
                                .setInsecureKubeletReadonlyPortEnabled(false))))
        .setMasterAuth(
            MasterAuth.newBuilder()
                .setClientCertificateConfig(
                    ClientCertificateConfig.newBuilder().setIssueClientCertificate(false)))
        .setShieldedNodes(ShieldedNodes.newBuilder().setEnabled(true))
        .setCostManagementConfig(CostManagementConfig.newBuilder().setEnabled(true))
        .build();
  }

  private NodePool pool() {
    return NodePool.newBuilder()
        .setName(POOL)
        .setInitialNodeCount(Math.max(1, config().nodes().min()))
        .setConfig(
            nodeIdentity()
                .setMachineType(config().machineType())
                .setDiskSizeGb(config().disk().gb())
                .setDiskType(config().disk().type().label())
                .setWorkloadMetadataConfig(metadata())
                .setShieldedInstanceConfig(
                    ShieldedInstanceConfig.newBuilder()
                        .setEnableSecureBoot(true)
                        .setEnableIntegrityMonitoring(true)))
        .setAutoscaling(autoscaling())
        .setManagement(NodeManagement.newBuilder().setAutoRepair(true).setAutoUpgrade(true))
        .setUpgradeSettings(NodePool.UpgradeSettings.newBuilder().setMaxSurge(1))
        .build();
  }

  /** Pods ask Google's metadata server who they are, not the node's. */
  static WorkloadMetadataConfig metadata() {
    return WorkloadMetadataConfig.newBuilder()
        .setMode(WorkloadMetadataConfig.Mode.GKE_METADATA)
        .build();
  }

  private NodeConfig.Builder nodeIdentity() {
    return NodeConfig.newBuilder()
        .setServiceAccount(NodeAccount.account(site).email())
        .addOauthScopes(SCOPE)
        .putAllResourceLabels(site.names().labels());
  }

  private GcpCluster config() {
    return site.config().cluster();
  }
}
