package dev.mlops.loadtest;

import dev.mlops.config.Durations;
import java.time.Duration;

/**
 * How long a user waits before the next request: uniform between two durations.
 *
 * @param pacing whether that is from one request's intended moment to the next one's, and not from
 *     the answer: a user keeps the pace, and sends late what a slow answer held up
 */
public record Wait(Duration min, Duration max, boolean pacing) {
  private static final String PACING = "every ";
  private static final Duration LONGEST = Duration.ofHours(1);

  public static final Wait NONE = new Wait(Duration.ZERO, Duration.ZERO, false);

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
    if (pacing && min.isZero()) {
      throw new IllegalArgumentException("a pace has to be longer than nothing, such as every 2s");
    }
  }

  /**
   * Reads {@code 0.5s..2.5s}, one duration for a wait that is always the same, or {@code every 2s}
   * for a pace.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static Wait parse(String text) {
    boolean pacing = text.strip().startsWith(PACING);
    String times = pacing ? text.strip().substring(PACING.length()) : text;
    String[] ends = times.strip().split("\\.\\.", -1);
    if (ends.length > 2) {
      throw new IllegalArgumentException("write a wait as 0.5s..2.5s, as 1s, or as every 2s");
    }
    Duration min = Durations.parse(ends[0].strip());
    return new Wait(min, ends.length == 1 ? min : Durations.parse(ends[1].strip()), pacing);
  }

  double meanSeconds() {
    return min.plus(max).toNanos() / 2e9;
  }

  @Override
  public String toString() {
    String from = Durations.format(min);
    String range = min.equals(max) ? from : from + ".." + Durations.format(max);
    return pacing ? PACING + range : range;
  }
}
