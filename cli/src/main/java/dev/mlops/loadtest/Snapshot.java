package dev.mlops.loadtest;

import java.util.Optional;

/**
 * One second of a load test.
 *
 * @param second seconds since the start, at the end of this stretch
 * @param users at work; for an open load, connections that were needed at once
 * @param connections open at its end
 * @param requests that ended in it, in an answer or not
 * @param rate good answers per second
 * @param latency of good answers, from their intended moment; absent if there were none
 */
public record Snapshot(
    double second,
    Phase phase,
    int users,
    int connections,
    long requests,
    long errors,
    double rate,
    Optional<Percentiles> latency,
    SelfLoad self,
    Optional<ReplicaSampler.Sample> replicas) {

  /**
   * How the load tester itself fared.
   *
   * @param busyPercent of its busiest thread's time
   * @param lagMillis the 99th percentile of how late requests were begun; 0 if none was
   * @param pauseMillis garbage collection, or stopped as its CPU quota was used up
   * @param stealPercent of this machine's CPU that its host gave to others; 0 where unknown
   * @param machinePercent of this machine's CPU that is in use by anyone; 0 where unknown
   * @param cpuWaitMillis how long a thread with work waited for a CPU, on average each time; 0
   *     where unknown
   */
  public record SelfLoad(
      double busyPercent,
      double lagMillis,
      long pauseMillis,
      double stealPercent,
      double machinePercent,
      double cpuWaitMillis) {
    private static final double MOST_BUSY_PERCENT = 90;
    private static final double MOST_STEAL_PERCENT = 10;
    private static final long MOST_PAUSE_MILLIS = 50;
    private static final double MOST_LAG_MILLIS = 20;

    /** Why the figures of this second are the load tester's own; empty if they are not. */
    public String complaint() {
      if (busyPercent > MOST_BUSY_PERCENT) {
        return "load tester busy " + Figures.percent(busyPercent);
      }
      if (stealPercent > MOST_STEAL_PERCENT) {
        return "host takes " + Figures.percent(stealPercent) + " of the CPU";
      }
      if (pauseMillis > MOST_PAUSE_MILLIS) {
        return "load tester paused " + pauseMillis + " ms";
      }
      return lagMillis > MOST_LAG_MILLIS ? "requests " + Figures.millis(lagMillis) + " late" : "";
    }
  }
}
