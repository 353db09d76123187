package dev.mlops.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What Autopilot bills a pod for: at least a quarter of a core and half a GiB, CPU in quarters, and
 * from 1 to 6.5 GiB for each core. Clusters that let pods burst go lower; that is not counted on.
 *
 * @see <a
 *     href="https://cloud.google.com/kubernetes-engine/docs/concepts/autopilot-resource-requests">Requests
 *     in Autopilot</a>
 */
record AutopilotPod(BigDecimal cpu, BigDecimal gib) {
  /** What a pod gets that asks for none. */
  static final BigDecimal DISK_GIB = BigDecimal.ONE;

  private static final BigDecimal QUARTER = new BigDecimal("0.25");
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final BigDecimal MOST_GIB_PER_CORE = new BigDecimal("6.5");
  private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

  static AutopilotPod of(GcpFootprint.PodRequest request) {
    BigDecimal gib =
        BigDecimal.valueOf(request.memoryBytes()).divide(GIB, 2, RoundingMode.UP).max(HALF);
    BigDecimal cpu = BigDecimal.valueOf(request.milliCpu(), 3);
    BigDecimal forMemory = gib.divide(MOST_GIB_PER_CORE, 3, RoundingMode.UP);
    BigDecimal quarters = cpu.max(forMemory).max(QUARTER).divide(QUARTER, 0, RoundingMode.UP);
    BigDecimal cores = quarters.multiply(QUARTER);
    return new AutopilotPod(cores, gib.max(cores));
  }
}
