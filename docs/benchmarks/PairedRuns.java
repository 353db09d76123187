import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Times two commands as whole processes, in blocks of A B B A so that a drifting machine treats both
 * alike, and prints the median of the blocks' ratios with its bootstrap interval.
 *
 * <p>Usage: {@code java PairedRuns.java BLOCKS COMMAND-A -- COMMAND-B}
 */
final class PairedRuns {
  private static final int RESAMPLES = 10_000;

  public static void main(String[] args) throws Exception {
    int blocks = Integer.parseInt(args[0]);
    List<String> words = Arrays.asList(args).subList(1, args.length);
    int split = words.indexOf("--");
    List<String> a = words.subList(0, split);
    List<String> b = words.subList(split + 1, words.size());
    millis(a);
    millis(b);
    List<Double> ratios = new ArrayList<>();
    List<Double> timesA = new ArrayList<>();
    List<Double> timesB = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      double[] run = {millis(a), millis(b), millis(b), millis(a)};
      timesA.addAll(List.of(run[0], run[3]));
      timesB.addAll(List.of(run[1], run[2]));
      ratios.add((run[0] + run[3]) / (run[1] + run[2]));
    }
    double[] interval = interval(ratios);
    System.out.printf(Locale.ROOT, "A  %6.1f ms  %s%n", median(timesA), String.join(" ", a));
    System.out.printf(Locale.ROOT, "B  %6.1f ms  %s%n", median(timesB), String.join(" ", b));
    System.out.printf(
        Locale.ROOT,
        "A/B  %.2f  (95 %% interval %.2f to %.2f, %d blocks)%n",
        median(ratios),
        interval[0],
        interval[1],
        blocks);
  }

  private static double millis(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + " failed");
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static double[] interval(List<Double> values) {
    Random random = new Random(1);
    List<Double> medians = new ArrayList<>();
    for (int i = 0; i < RESAMPLES; i++) {
      List<Double> sample = new ArrayList<>();
      for (int j = 0; j < values.size(); j++) {
        sample.add(values.get(random.nextInt(values.size())));
      }
      medians.add(median(sample));
    }
    List<Double> sorted = medians.stream().sorted().toList();
    return new double[] {sorted.get(RESAMPLES / 40), sorted.get(RESAMPLES - RESAMPLES / 40)};
  }
}
