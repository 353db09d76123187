package dev.mlops.platform.local;

import java.time.Duration;

/**
 * How long to wait before a process is started again: 1 s, then twice as long each time up to 60 s;
 * afresh after one that had run for 60 s. (Kubernetes: 10 s up to 5 min.)
 */
final class BackOff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration HEALTHY = Duration.ofSeconds(60);

  private Duration next = FIRST;

  /**
   * @param up how long the process ran
   */
  Duration after(Duration up) {
    Duration wait = up.compareTo(HEALTHY) >= 0 ? FIRST : next;
    Duration doubled = wait.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return wait;
  }
}
