package dev.mlops.usage;

import dev.mlops.platform.Meters;
import dev.mlops.platform.Status;
import java.util.List;
import java.util.Optional;

/**
 * What the replicas use and did over a while.
 *
 * @param seconds how long that was
 * @param total of all replicas that told
 */
public record Usage(double seconds, List<Line> replicas, Optional<Requests> total) {
  public Usage {
    replicas = List.copyOf(replicas);
  }

  /**
   * @param requests absent if the replica does not tell, or not yet
   */
  public record Line(
      Status.Replica replica, Meters.Gauge cpu, Meters.Gauge memory, Optional<Requests> requests) {}

  /**
   * @param errorsPerSecond answers with a status from 500 on
   * @param p95Millis as the service measures it; absent if nothing was asked
   */
  public record Requests(double perSecond, double errorsPerSecond, Optional<Double> p95Millis) {
    static Requests of(Traffic traffic) {
      return new Requests(
          traffic.requestsPerSecond(), traffic.errorsPerSecond(), traffic.p95Millis());
    }
  }
}
