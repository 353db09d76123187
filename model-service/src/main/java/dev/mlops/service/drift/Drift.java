package dev.mlops.service.drift;

import java.util.List;

/**
 * How far apart two distributions over the same bins are.
 *
 * @param psi population stability index: 0 where they are the same, by habit noteworthy from 0.1
 *     and serious from 0.25
 * @param ks Kolmogorov–Smirnov distance, 0 to 1: the largest difference of the shares up to a bin;
 *     for words, which have no order, the largest over all orders
 */
public record Drift(double psi, double ks) {
  // Where one side has no row in a bin, the index would be infinite; the field's usual floor.
  private static final double FLOOR = 1e-4;

  /**
   * @param trained rows in each bin, not all zero
   * @param seen the same of other rows, not all zero
   * @param ordered whether each bin is below the next
   */
  static Drift between(List<Long> trained, List<Long> seen, boolean ordered) {
    double[] expected = shares(trained);
    double[] actual = shares(seen);
    double psi = 0;
    double cumulated = 0;
    double ks = 0;
    for (int bin = 0; bin < expected.length; bin++) {
      psi += stability(Math.max(FLOOR, expected[bin]), Math.max(FLOOR, actual[bin]));
      double difference = actual[bin] - expected[bin];
      cumulated += ordered ? difference : Math.abs(difference) / 2;
      ks = Math.max(ks, Math.abs(cumulated));
    }
    return new Drift(psi, ks);
  }

  private static double[] shares(List<Long> counts) {
    double sum = counts.stream().mapToDouble(Long::doubleValue).sum();
    return counts.stream().mapToDouble(count -> count / sum).toArray();
  }

  private static double stability(double expected, double actual) {
    return (actual - expected) * Math.log(actual / expected);
  }
}
