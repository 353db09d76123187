package dev.mlops.loadtest;

import java.util.Optional;

/** Looks at the service under test once a second, so that the report can show it beside latency. */
@FunctionalInterface
public interface ReplicaSampler {
  /** For targets of which nothing is known. */
  ReplicaSampler NONE = Optional::empty;

  /**
   * @param cpuPercent average use of the CPU request over the ready replicas; absent while unknown
   */
  record Sample(int desired, int ready, Optional<Integer> cpuPercent) {}

  /** Called on a thread of its own; may take its time, and an exception is taken for "unknown". */
  Optional<Sample> sample();
}
