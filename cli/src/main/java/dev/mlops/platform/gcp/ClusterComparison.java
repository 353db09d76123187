package dev.mlops.platform.gcp;

import com.google.container.v1.Cluster;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodePool;
import com.google.container.v1.WorkloadMetadataConfig;
import dev.mlops.config.GcpCluster;
import dev.mlops.platform.Resource.Difference;
import dev.mlops.platform.Resource.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What of a cluster is not as the config says. */
record ClusterComparison(Site site, Cluster found) {
  /** What a pause keeps of each pool: until it is over, the size is what the pause made it. */
  private static final String PAUSED = "mlops-pool-";

  boolean isOurs() {
    return site.names().areOurs(found.getResourceLabelsMap());
  }

  List<Difference> differences() {
    List<Difference> all = new ArrayList<>();
    boolean wantsAutopilot = config().kind() == GcpCluster.Kind.AUTOPILOT;
    if (found.getAutopilot().getEnabled() != wantsAutopilot) {
      all.add(
          of(
              "kind",
              wantsAutopilot ? "standard" : "autopilot",
              wantsAutopilot ? "autopilot" : "standard",
              anew()));
      return all;
    }
    if (!lets()) {
      all.add(of("DNS endpoint", "off", "on", inPlace()));
    }
    if (!wantsAutopilot) {
      standard(all);
    }
    return all;
  }

  private void standard(List<Difference> all) {
    if (!hasWorkloadPool()) {
      all.add(of("workload identity", "off", site.names().workloadPool(), inPlace()));
    }
    if (!wantsZones()) {
      all.add(
          of(
              "zones",
              String.join(" ", new TreeSet<>(found.getLocationsList())),
              String.join(" ", config().zones()),
              inPlace()));
    }
    if (!found.getShieldedNodes().getEnabled()) {
      all.add(of("shielded nodes", "off", "on", inPlace()));
    }
    for (NodePool pool : poolsWithoutMetadata()) {
      all.add(of("metadata of pool " + pool.getName(), "the node's", "GKE's", inPlace()));
    }
    pool().ifPresent(pool -> pool(pool, all));
  }

  private void pool(NodePool pool, List<Difference> all) {
    NodeConfig nodes = pool.getConfig();
    compare(all, "machine type", nodes.getMachineType(), config().machineType());
    compare(all, "disk", nodes.getDiskSizeGb() + " GB", config().disk().gb() + " GB");
    compare(all, "disk type", nodes.getDiskType(), config().disk().type().label());
    compare(all, "node account", nodes.getServiceAccount(), NodeAccount.account(site).email());
    if (!isScaledAsWanted(pool)) {
      all.add(of("nodes per zone", scale(pool), wantedScale(), inPlace()));
    }
  }

  private void compare(List<Difference> all, String what, String now, String wanted) {
    if (!now.equals(wanted)) {
      all.add(of(what, now, wanted, anew()));
    }
  }

  boolean lets() {
    return found.getControlPlaneEndpointsConfig().getDnsEndpointConfig().getAllowExternalTraffic();
  }

  boolean hasWorkloadPool() {
    return found.getWorkloadIdentityConfig().getWorkloadPool().equals(site.names().workloadPool());
  }

  /** None named: as it is. */
  boolean wantsZones() {
    return config().zones().isEmpty()
        || new TreeSet<>(config().zones()).equals(new TreeSet<>(found.getLocationsList()));
  }

  List<NodePool> poolsWithoutMetadata() {
    return found.getNodePoolsList().stream()
        .filter(pool ->
            pool.getConfig().getWorkloadMetadataConfig().getMode()
                != WorkloadMetadataConfig.Mode.GKE_METADATA)
        .toList();
  }

  /** The one that was made with the cluster. */
  Optional<NodePool> pool() {
    return found.getNodePoolsList().stream()
        .filter(pool -> pool.getName().equals(ClusterSpec.POOL))
        .findFirst();
  }

  boolean isScaledAsWanted(NodePool pool) {
    boolean isPaused =
        found.getResourceLabelsMap().keySet().stream().anyMatch(key -> key.startsWith(PAUSED));
    return isPaused || scale(pool).equals(wantedScale());
  }

  private static String scale(NodePool pool) {
    return pool.getAutoscaling().getEnabled()
        ? pool.getAutoscaling().getMinNodeCount() + " to " + pool.getAutoscaling().getMaxNodeCount()
        : "not scaled";
  }

  private String wantedScale() {
    return config().nodes().min() + " to " + config().nodes().max();
  }

  private Way inPlace() {
    return isOurs() ? Way.IN_PLACE : Way.NOT_OURS;
  }

  private Way anew() {
    return isOurs() ? Way.REPLACEMENT : Way.NOT_OURS;
  }

  private static Difference of(String what, String now, String wanted, Way way) {
    return new Difference(what + ": " + now + ", wanted " + wanted, way);
  }

  private GcpCluster config() {
    return site.config().cluster();
  }
}
