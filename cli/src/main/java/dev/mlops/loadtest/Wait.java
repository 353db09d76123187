package dev.mlops.loadtest;

import dev.mlops.config.Durations;
import java.time.Duration;

/** How long a user waits after an answer before the next request: uniform between the two. */
public record Wait(Duration min, Duration max) {
  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException with a message for the user
   */
  public Wait {
    if (min.isNegative() || max.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a wait is between 0s and 1h");
    }
    if (min.compareTo(max) > 0) {
      throw new IllegalArgumentException("the shorter wait comes first, such as 0.5s..2.5s");
    }
  }

  /**
   * Reads {@code 0.5s..2.5s}, or one duration for a wait that is always the same.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static Wait parse(String text) {
    String[] ends = text.strip().split("\\.\\.", -1);
    if (ends.length > 2) {
      throw new IllegalArgumentException("write a wait as 0.5s..2.5s, or as 1s");
    }
    Duration min = Durations.parse(ends[0].strip());
    return new Wait(min, ends.length == 1 ? min : Durations.parse(ends[1].strip()));
  }

  @Override
  public String toString() {
    String from = Durations.format(min);
    return min.equals(max) ? from : from + ".." + Durations.format(max);
  }
}
