package dev.mlops.plan;

/** How far the {@link Runner} goes. */
public enum Mode {
  /** Inspect, and stop there: nothing is changed. */
  PLAN,
  /** Inspect, and ensure what differs. */
  APPLY
}
