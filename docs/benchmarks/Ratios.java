import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Ratios of blocks of A B B A: what drifts with the machine drifts in both, and cancels. */
final class Ratios {
  private static final int RESAMPLES = 10_000;

  private final List<Double> ratios = new ArrayList<>();

  /** The ratio of one block, from the figures of its four runs. */
  void add(double firstA, double firstB, double secondB, double secondA) {
    ratios.add((firstA + secondA) / (firstB + secondB));
  }

  /** The median with its bootstrap interval. */
  @Override
  public String toString() {
    if (ratios.isEmpty()) {
      return "no block";
    }
    Random random = new Random(1);
    List<Double> medians = new ArrayList<>();
    for (int i = 0; i < RESAMPLES; i++) {
      List<Double> sample = new ArrayList<>();
      for (int j = 0; j < ratios.size(); j++) {
        sample.add(ratios.get(random.nextInt(ratios.size())));
      }
      medians.add(median(sample));
    }
    List<Double> sorted = medians.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%.3f (95 %% interval %.3f to %.3f, %d blocks)",
        median(ratios),
        sorted.get(RESAMPLES / 40),
        sorted.get(RESAMPLES - RESAMPLES / 40),
        ratios.size());
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
