package dev.mlops.loadtest;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A whole load test.
 *
 * @param target scheme, host and port
 * @param seed makes the choice of tasks and payloads, and waits, repeatable
 */
public record LoadPlan(
    URI target, List<Task> tasks, Load load, Timing timing, Bounds bounds, Goals goals, long seed) {

  /**
   * @param warmUp after the ramp and before anything counts
   * @param duration what counts
   * @param timeout the longest that one request may take, its connection included
   */
  public record Timing(Duration warmUp, Duration duration, Duration timeout) {
    /**
     * @throws IllegalArgumentException with a message for the user
     */
    public Timing {
      if (duration.isZero() || duration.isNegative()) {
        throw new IllegalArgumentException("the duration has to be longer than nothing");
      }
    }
  }

  /**
   * @param maxRequests the test ends when so many have been sent
   * @param traceRatio share of the requests that ask to be traced; with 0 none has a trace id
   * @param insecure whether certificates go unchecked
   */
  public record Bounds(long maxRequests, double traceRatio, boolean insecure) {
    public static final Bounds USUAL = new Bounds(50_000_000, 0.01, false);
  }

  /**
   * @param gates all have to pass
   * @param abortOn the same, and the test ends as soon as one fails
   */
  public record Goals(List<Gate> gates, List<Gate> abortOn) {
    public Goals {
      gates = List.copyOf(gates);
      abortOn = List.copyOf(abortOn);
    }
  }

  public LoadPlan {
    tasks = List.copyOf(tasks);
  }

  /** Until the users of the beginning have started. */
  public Duration ramp() {
    return switch (load) {
      case Load.Closed closed -> closed.ramp();
      case Load.Open _, Load.Replay _ -> Duration.ZERO;
    };
  }

  /** How long it takes, but for answers that are still awaited at its end. */
  public Duration total() {
    return ramp().plus(timing.warmUp()).plus(timing.duration());
  }

  boolean secure() {
    return target.getScheme().equalsIgnoreCase("https");
  }

  int port() {
    int port = target.getPort();
    return port >= 0 ? port : secure() ? 443 : 80;
  }
}
