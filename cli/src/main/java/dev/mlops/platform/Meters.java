package dev.mlops.platform;

import java.util.List;
import java.util.Optional;

/** What each replica uses and may use, as the platform measures it. */
public interface Meters {
  /**
   * @param used absent where nothing measures it, or has not yet
   * @param limit absent where there is none
   */
  record Gauge(Optional<Double> used, Optional<Double> limit) {
    public static final Gauge NONE = new Gauge(Optional.empty(), Optional.empty());
  }

  /**
   * @param cpu cores
   * @param memory bytes
   */
  record Reading(String replica, Gauge cpu, Gauge memory) {}

  /** One for each replica that there is; reads only. */
  List<Reading> read();
}
