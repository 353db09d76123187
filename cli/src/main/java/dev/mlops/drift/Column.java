package dev.mlops.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A feature, or the prediction, by its bins.
 *
 * @param ordered whether each bin is below the next: so with numbers, not with words
 */
public record Column(String name, boolean ordered, List<Bin> bins) {
  private static final double FLOOR = 1e-4;
  private static final long FEWEST = 100;
  private static final double MODERATE = 0.1;
  private static final double LARGE = 0.25;

  /** The 95th percentile of the standard normal distribution. */
  private static final double Z95 = 1.6449;

  public Column {
    bins = List.copyOf(bins);
  }

  static Column read(JsonNode json) {
    List<Bin> bins = new ArrayList<>();
    json.path("bins")
        .forEach(bin ->
            bins.add(
                new Bin(
                    bin.path("bin").asText(),
                    bin.path("trained").asLong(),
                    bin.path("seen").asLong())));
    return new Column(json.path("name").asText(), json.path("ordered").asBoolean(), bins);
  }

  /** The rows of both; of the same model, so that the bins are the same. */
  Column plus(Column other) {
    List<Bin> sum = new ArrayList<>();
    for (int i = 0; i < bins.size(); i++) {
      sum.add(bins.get(i).plus(other.bins.get(i)));
    }
    return new Column(name, ordered, sum);
  }

  /** How many rows were predicted. */
  public long rows() {
    return sum(Bin::seen);
  }

  /** The population stability index; 0 if there is nothing to compare. */
  public double psi() {
    double psi = 0;
    for (Bin bin : bins) {
      double expected = Math.max(FLOOR, share(bin, Bin::trained));
      double actual = Math.max(FLOOR, share(bin, Bin::seen));
      psi += (actual - expected) * Math.log(actual / expected);
    }
    return isMeasured() ? psi : 0;
  }

  /** The Kolmogorov–Smirnov distance at the bins' edges; of words the largest over all orders. */
  public double ks() {
    double largest = 0;
    double cumulated = 0;
    for (Bin bin : bins) {
      double difference = share(bin, Bin::seen) - share(bin, Bin::trained);
      cumulated += ordered ? difference : Math.abs(difference) / 2;
      largest = Math.max(largest, Math.abs(cumulated));
    }
    return isMeasured() ? largest : 0;
  }

  public Reading reading() {
    if (sum(Bin::trained) == 0) {
      return Reading.NOT_MEASURED;
    }
    if (rows() < FEWEST) {
      return Reading.TOO_FEW;
    }
    double psi = psi();
    if (psi < MODERATE) {
      return Reading.STABLE;
    }
    if (psi <= psiByChance()) {
      return Reading.CHANCE;
    }
    return psi < LARGE ? Reading.MODERATE : Reading.LARGE;
  }

  /**
   * What one sample in twenty of so many rows exceeds though nothing has changed: the index is
   * about (1/n + 1/m) times a chi-squared variable (B. Yurdakul, Statistical Properties of
   * Population Stability Index, 2018), whose percentile is Wilson and Hilferty's.
   */
  double psiByChance() {
    double freedom = Math.max(1, bins.stream().filter(bin -> bin.trained() > 0).count() - 1);
    double ninth = 2 / (9 * freedom);
    double chiSquared = freedom * Math.pow(1 - ninth + Z95 * Math.sqrt(ninth), 3);
    return chiSquared * (1.0 / rows() + 1.0 / sum(Bin::trained));
  }

  private boolean isMeasured() {
    return rows() > 0 && sum(Bin::trained) > 0;
  }

  private double share(Bin bin, ToLongFunction<Bin> count) {
    return (double) count.applyAsLong(bin) / Math.max(1, sum(count));
  }

  private long sum(ToLongFunction<Bin> count) {
    return bins.stream().mapToLong(count).sum();
  }
}
