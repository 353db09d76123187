package dev.mlops.loadtest;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a good answer looks like.
 *
 * @param statuses each such as {@code 200} or {@code 2xx}
 * @param contains what has to stand somewhere in the body; empty if anything may
 */
public record Expect(List<String> statuses, String contains) {
  private static final Pattern STATUS = Pattern.compile("[1-5](?:[0-9]{2}|xx)");

  /** Any status of success, and a body that is what its Content-Type says. */
  public static final Expect SUCCESS = new Expect(List.of("2xx"), "");

  /**
   * @throws IllegalArgumentException with a message for the user
   */
  public Expect {
    statuses = List.copyOf(statuses);
    for (String status : statuses) {
      if (!STATUS.matcher(status).matches()) {
        throw new IllegalArgumentException("a status is written as 200 or 2xx");
      }
    }
  }

  /**
   * Whether each status is a good one, by its number.
   *
   * @return of length 600
   */
  boolean[] good() {
    boolean[] good = new boolean[600];
    for (String status : statuses) {
      int from = Integer.parseInt(status.replace("xx", "00"));
      int to = status.endsWith("xx") ? from + 99 : from;
      Arrays.fill(good, from, to + 1, true);
    }
    return good;
  }

  /** What to look for in the body; null for nothing. */
  BodyMatch body() {
    return contains.isEmpty() ? null : new BodyMatch(contains);
  }
}
