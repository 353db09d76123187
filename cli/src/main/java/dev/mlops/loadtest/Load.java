package dev.mlops.loadtest;

import java.time.Duration;

/** What makes requests begin. */
public sealed interface Load {
  /** As many connections as an open load opens unless its plan says otherwise. */
  int CONNECTIONS = 4_096;

  /**
   * A crowd of users, each with a connection of its own, that send, read and wait: a slow service
   * gets fewer requests.
   *
   * @param users how many there are, over the measured time
   * @param spawnRate users that start each second
   */
  record Closed(Profile users, double spawnRate, Wait waitTime) implements Load {
    /**
     * @throws IllegalArgumentException with a message for the user
     */
    public Closed {
      if (!(spawnRate > 0) || spawnRate > 1e6) {
        throw new IllegalArgumentException("the spawn rate is above 0 and at most 1,000,000");
      }
    }

    /** From the first user's start to the last one's, of those that are there at the beginning. */
    Duration ramp() {
      return Duration.ofNanos((long) (Math.max(0, Math.ceil(users.first()) - 1) / spawnRate * 1e9));
    }
  }

  /**
   * Requests begin at moments fixed before, whatever becomes of those before them.
   *
   * @param rate requests a second, over the measured time
   * @param connections the most at once; requests beyond them wait, which counts in their latency
   */
  record Open(Profile rate, int connections) implements Load {}

  /** As {@link Open}, at recorded moments. */
  record Replay(ArrivalFile arrivals, int connections) implements Load {}

  /** A few words for people. */
  default String describe() {
    return switch (this) {
      case Closed(Profile users, double rate, Wait wait) ->
          "%s users, %s more each second, waiting %s".formatted(users, Figures.exact(rate), wait);
      case Open(Profile rate, int _) -> rate + " requests/s";
      case Replay(ArrivalFile arrivals, int _) ->
          "%s requests as recorded in %s"
              .formatted(Figures.count(arrivals.count()), arrivals.name());
    };
  }

  /** What its requests are under way with, at once. */
  default String crowd() {
    return switch (this) {
      case Closed _ -> "Users";
      case Open _, Replay _ -> "Connections";
    };
  }

  /** The first figure that people ask for: {@code 100 users}, {@code 500/s}. */
  default String brief() {
    return switch (this) {
      case Closed(Profile users, double _, Wait _) -> users + " users";
      case Open(Profile rate, int _) -> rate + " requests/s";
      case Replay(ArrivalFile arrivals, int _) -> "replay of " + arrivals.name();
    };
  }
}
