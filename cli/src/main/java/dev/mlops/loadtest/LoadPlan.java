package dev.mlops.loadtest;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A closed load: users, each with its own connection, that send, read and wait.
 *
 * @param target scheme, host and port
 * @param spawnRate users that start each second
 * @param gates all have to pass
 * @param seed makes the order of payloads and waits repeatable
 */
public record LoadPlan(
    URI target,
    Request request,
    int users,
    double spawnRate,
    Wait waitTime,
    Timing timing,
    List<Gate> gates,
    long seed) {

  /**
   * What each user sends.
   *
   * @param path with its query, if any
   * @param headers beside those that the engine writes: Host, Content-Type, Content-Length, Accept,
   *     User-Agent
   */
  public record Request(
      String method, String path, Map<String, String> headers, Payloads payloads) {
    public Request {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * @param warmUp after all users have started and before anything counts
   * @param duration what counts
   * @param timeout the longest that one request may take, its connection included
   */
  public record Timing(Duration warmUp, Duration duration, Duration timeout) {}

  /**
   * @throws IllegalArgumentException with a message for the user
   */
  public LoadPlan {
    gates = List.copyOf(gates);
    if (users < 1 || users > 1_000_000) {
      throw new IllegalArgumentException("users are between 1 and 1,000,000");
    }
    if (!(spawnRate > 0) || spawnRate > 1e6) {
      throw new IllegalArgumentException("the spawn rate is above 0 and at most 1,000,000");
    }
    if (timing.duration().isZero() || timing.duration().isNegative()) {
      throw new IllegalArgumentException("the duration has to be longer than nothing");
    }
  }

  /** From the first user's start to the last one's. */
  public Duration ramp() {
    return Duration.ofNanos((long) ((users - 1) / spawnRate * 1e9));
  }

  /** How long it takes, but for answers that are still awaited at its end. */
  public Duration total() {
    return ramp().plus(timing.warmUp()).plus(timing.duration());
  }

  int port() {
    int port = target.getPort();
    return port >= 0 ? port : 80;
  }
}
