package dev.mlops.loadtest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the command line says instead of the plan's file.
 *
 * @param rate makes the load an open one
 * @param users makes it a closed one
 * @param gates instead of those of the plan; empty: the plan's
 * @param abortOn the same
 */
public record LoadOverrides(
    Optional<Profile> users,
    Optional<Profile> rate,
    Optional<Double> spawnRate,
    Optional<Wait> waitTime,
    Optional<Duration> duration,
    Optional<Duration> warmUp,
    List<Gate> gates,
    List<Gate> abortOn,
    boolean insecure) {

  public static final LoadOverrides NONE =
      new LoadOverrides(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          false);

  /** These, and where they say nothing, those. */
  public LoadOverrides or(LoadOverrides others) {
    boolean saysLoad = users.isPresent() || rate.isPresent();
    return new LoadOverrides(
        saysLoad ? users : others.users,
        saysLoad ? rate : others.rate,
        spawnRate.or(others::spawnRate),
        waitTime.or(others::waitTime),
        duration.or(others::duration),
        warmUp.or(others::warmUp),
        gates.isEmpty() ? others.gates : gates,
        abortOn.isEmpty() ? others.abortOn : abortOn,
        insecure || others.insecure);
  }

  /**
   * @throws IllegalArgumentException with a message for the user
   */
  public LoadOverrides {
    gates = List.copyOf(gates);
    abortOn = List.copyOf(abortOn);
    if (users.isPresent() && rate.isPresent()) {
      throw new IllegalArgumentException("a load has users or a rate, not both");
    }
  }
}
