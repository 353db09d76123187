package dev.mlops.service.predict;

import java.time.Duration;

/**
 * How rows of several requests are predicted together.
 *
 * @param rows about the most of one batch; 1 for no batches
 * @param delay the longest that a row waits for others; zero takes those that wait already
 */
public record Batching(int rows, Duration delay) {
  public static final Batching NONE = new Batching(1, Duration.ZERO);

  public boolean isWanted() {
    return rows > 1;
  }
}
