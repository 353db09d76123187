package dev.mlops.platform.gcp;

import com.google.container.v1.NodePool;
import com.google.container.v1.NodePoolAutoscaling;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node pool was before the pause, as a label of the cluster keeps it: a pause that was
 * killed half-way and a resume on another machine find it there.
 *
 * @param perZone how many nodes it had in each of its zones
 * @param autoscaling as it was
 */
record PoolMemory(int perZone, NodePoolAutoscaling autoscaling) {
  private static final String KEY = "mlops-pool-";
  private static final Pattern VALUE =
      Pattern.compile("n(\\d+)-a([01])-(\\d+)-(\\d+)-(\\d+)-(\\d+)-p(\\d)");

  static PoolMemory of(NodePool pool, int perZone) {
    return new PoolMemory(perZone, pool.getAutoscaling());
  }

  static Optional<PoolMemory> read(Map<String, String> labels, NodePool pool) {
    Matcher value = VALUE.matcher(labels.getOrDefault(key(pool), ""));
    if (!value.matches()) {
      return Optional.empty();
    }
    NodePoolAutoscaling autoscaling =
        NodePoolAutoscaling.newBuilder()
            .setEnabled(value.group(2).equals("1"))
            .setMinNodeCount(Integer.parseInt(value.group(3)))
            .setMaxNodeCount(Integer.parseInt(value.group(4)))
            .setTotalMinNodeCount(Integer.parseInt(value.group(5)))
            .setTotalMaxNodeCount(Integer.parseInt(value.group(6)))
            .setLocationPolicyValue(Integer.parseInt(value.group(7)))
            .build();
    return Optional.of(new PoolMemory(Integer.parseInt(value.group(1)), autoscaling));
  }

  static boolean isIn(Map<String, String> labels) {
    return labels.keySet().stream().anyMatch(key -> key.startsWith(KEY));
  }

  static Map<String, String> without(Map<String, String> labels) {
    Map<String, String> others = new TreeMap<>(labels);
    others.keySet().removeIf(key -> key.startsWith(KEY));
    return others;
  }

  static String key(NodePool pool) {
    return KEY + pool.getName();
  }

  /** As labels may be written: lower case, digits and hyphens. */
  String value() {
    return "n"
        + perZone
        + "-a"
        + (autoscaling.getEnabled() ? 1 : 0)
        + "-"
        + autoscaling.getMinNodeCount()
        + "-"
        + autoscaling.getMaxNodeCount()
        + "-"
        + autoscaling.getTotalMinNodeCount()
        + "-"
        + autoscaling.getTotalMaxNodeCount()
        + "-p"
        + autoscaling.getLocationPolicyValue();
  }
}
