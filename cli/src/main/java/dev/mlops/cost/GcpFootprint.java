package dev.mlops.cost;

/**
 * What of Google's bills, as far as it follows from the config.
 *
 * @param region in which it is
 * @param cluster its fee, nodes or pods
 * @param loadBalancers forwarding rules with an address to the outside
 * @param imageBytes in the registry
 * @param claimedGib disks that the manifests claim
 */
public record GcpFootprint(
    String region, Cluster cluster, int loadBalancers, long imageBytes, long claimedGib) {
  public GcpFootprint(String region, Cluster cluster, int loadBalancers, long imageBytes) {
    this(region, cluster, loadBalancers, imageBytes, 0);
  }

  /** Who pays for what runs: by the node or by the pod. */
  public sealed interface Cluster {}

  /**
   * @param isZonal one zone, which the free tier covers
   * @param count over all zones, as many as there are at least
   * @param most over all zones, as many as the cluster's autoscaler may make
   * @param isAdopted it may be somebody else's, whose nodes a pause leaves on
   */
  public record Standard(boolean isZonal, int count, int most, Machine machine, boolean isAdopted)
      implements Cluster {
    public Standard(boolean isZonal, int count, int most, Machine machine) {
      this(isZonal, count, most, machine, false);
    }
  }

  /**
   * @param diskType such as {@code pd-balanced}
   */
  public record Machine(String type, int diskGb, String diskType) {}

  /**
   * @param replicas as many as there are at least
   */
  public record Autopilot(int replicas, int most, PodRequest pod) implements Cluster {}

  /**
   * @param milliCpu thousandths of a core that a pod asks for
   * @param memoryBytes that it asks for
   */
  public record PodRequest(long milliCpu, long memoryBytes) {
    /** What Autopilot gives a container that asks for nothing. */
    public static final PodRequest DEFAULT = new PodRequest(500, 2L << 30);
  }
}
