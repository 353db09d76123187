package dev.mlops.platform.kubernetes;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Waits for faults to heal, each for as long as its kind may take. */
final class Patience {
  private final InstantSource clock;
  private final Map<String, Long> firstSeen = new HashMap<>();

  Patience(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * @param faults of this moment; one that is not among them has healed
   * @return the first that will not heal any more
   */
  Optional<Fault> exhausted(List<Fault> faults) {
    firstSeen.keySet().retainAll(faults.stream().map(Fault::key).toList());
    long now = clock.millis();
    faults.forEach(fault -> firstSeen.putIfAbsent(fault.key(), now));
    return faults.stream()
        .filter(fault -> !seen(fault, now).minus(fault.patience()).isNegative())
        .findFirst();
  }

  private Duration seen(Fault fault, long now) {
    return Duration.ofMillis(now - firstSeen.get(fault.key()));
  }
}
