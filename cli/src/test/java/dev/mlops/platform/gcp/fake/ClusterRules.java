package dev.mlops.platform.gcp.fake;

import com.google.container.v1.Cluster;
import com.google.container.v1.ClusterUpdate;
import com.google.container.v1.NodePool;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.rpc.Code;
import java.util.List;
import java.util.Set;

/** What GKE refuses. */
final class ClusterRules {
  private static final String NAME = "[a-z]([a-z0-9-]{0,38}[a-z0-9])?";

  /** Which pool, image and etag go with a change and are none themselves. */
  private static final Set<String> COMPANIONS =
      Set.of("desired_node_pool_id", "desired_image_type", "etag");

  private final World world;

  ClusterRules(World world) {
    this.world = world;
  }

  void check(String project, String location, Cluster cluster) {
    Resource.mustMatch(cluster.getName(), NAME, "cluster.name");
    Places.checkLabels(cluster.getResourceLabelsMap());
    String pool = cluster.getWorkloadIdentityConfig().getWorkloadPool();
    if (!pool.isEmpty() && !pool.equals(project + ".svc.id.goog")) {
      throw ApiFault.invalid("Workload pool must be " + project + ".svc.id.goog");
    }
    for (String zone : cluster.getLocationsList()) {
      if (!Places.isZone(zone) || !zone.startsWith(Places.region(location))) {
        throw ApiFault.invalid("Location \"" + zone + "\" is not in " + location + ".");
      }
    }
    if (cluster.getAutopilot().getEnabled()) {
      checkAutopilot(location, cluster);
    } else if (cluster.getNodePoolsCount() == 0) {
      throw ApiFault.invalid("Cluster.node_pools must not be empty.");
    }
    cluster.getNodePoolsList().forEach(each -> checkPool(each, cluster));
  }

  private static void checkAutopilot(String location, Cluster cluster) {
    if (Places.isZone(location)) {
      throw ApiFault.invalid("Autopilot clusters must be regional clusters.");
    }
    boolean sized =
        cluster.getNodePoolsList().stream()
            .anyMatch(pool ->
                pool.hasAutoscaling()
                    || pool.hasManagement()
                    || !pool.getConfig().getMachineType().isEmpty());
    if (sized) {
      throw ApiFault.invalid("Autopilot clusters do not support mutating node pools.");
    }
  }

  private void checkPool(NodePool pool, Cluster cluster) {
    Resource.mustMatch(pool.getName(), NAME, "node_pool.name");
    Places.checkLabels(pool.getConfig().getResourceLabelsMap());
    String machine = pool.getConfig().getMachineType();
    if (!machine.isEmpty() && !Places.MACHINES.containsKey(machine)) {
      throw ApiFault.invalid("Machine type with name \"" + machine + "\" does not exist.");
    }
    int disk = pool.getConfig().getDiskSizeGb();
    if (disk != 0 && disk < 10) {
      throw ApiFault.invalid("disk_size_gb must be at least 10.");
    }
    String account = pool.getConfig().getServiceAccount();
    if (!account.isEmpty() && !account.equals("default") && !world.accounts().isVisible(account)) {
      throw ApiFault.invalid("Service account \"" + account + "\" does not exist.");
    }
    boolean metadata =
        pool.getConfig().getWorkloadMetadataConfig().getModeValue()
            == com.google.container.v1.WorkloadMetadataConfig.Mode.GKE_METADATA_VALUE;
    if (metadata && cluster.getWorkloadIdentityConfig().getWorkloadPool().isEmpty()) {
      throw ApiFault.invalid("GKE_METADATA needs workload identity on the cluster.");
    }
  }

  /** At most one change in an update. */
  static void checkUpdate(ClusterUpdate update) {
    List<FieldDescriptor> changes =
        update.getAllFields().keySet().stream()
            .filter(field -> !COMPANIONS.contains(field.getName()))
            .toList();
    if (changes.size() != 1) {
      throw ApiFault.invalid(
          changes.isEmpty()
              ? "Must specify a field to update."
              : "Only one update can be applied to a cluster with each request. At most one field"
                  + " can be provided.");
    }
  }

  /** New nodes against what the project may have. */
  void checkQuota(String location, Cluster cluster) {
    if (cluster.getAutopilot().getEnabled()) {
      return;
    }
    int zones =
        cluster.getLocationsCount() > 0
            ? cluster.getLocationsCount()
            : Places.zones(location).size();
    long cpus = 0;
    long disk = 0;
    long nodes = 0;
    for (NodePool pool : cluster.getNodePoolsList()) {
      long count = (long) pool.getInitialNodeCount() * zones;
      String machine = pool.getConfig().getMachineType();
      cpus += count * Places.MACHINES.get(machine.isEmpty() ? "e2-medium" : machine)[0];
      boolean standard = pool.getConfig().getDiskType().equals("pd-standard");
      int size = pool.getConfig().getDiskSizeGb();
      disk += standard ? 0 : count * (size == 0 ? 100 : size);
      nodes += count;
    }
    need("CPUS", cpus);
    need("SSD_TOTAL_GB", disk);
    need("IN_USE_ADDRESSES", nodes);
  }

  private void need(String quota, long wanted) {
    double free = world.compute().free(quota);
    if (wanted > free) {
      throw ApiFault.of(
          Code.PERMISSION_DENIED,
          "Insufficient regional quota to satisfy request: resource \""
              + quota
              + "\": request requires '"
              + (double) wanted
              + "' and is short '"
              + (wanted - free)
              + "'. project has a quota of '"
              + world.compute().limit(quota)
              + "' with '"
              + free
              + "' available.");
    }
  }
}
