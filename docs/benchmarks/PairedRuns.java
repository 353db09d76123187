import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Times two commands as whole processes, in blocks of A B B A so that a drifting machine treats both
 * alike, and prints the median of the blocks' ratios with its bootstrap interval.
 *
 * <p>Usage: {@code java PairedRuns.java BLOCKS COMMAND-A -- COMMAND-B}
 */
final class PairedRuns {
  public static void main(String[] args) throws Exception {
    int blocks = Integer.parseInt(args[0]);
    List<String> words = Arrays.asList(args).subList(1, args.length);
    int split = words.indexOf("--");
    List<String> a = words.subList(0, split);
    List<String> b = words.subList(split + 1, words.size());
    millis(a);
    millis(b);
    Ratios ratios = new Ratios();
    List<Double> timesA = new ArrayList<>();
    List<Double> timesB = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      double[] run = {millis(a), millis(b), millis(b), millis(a)};
      timesA.addAll(List.of(run[0], run[3]));
      timesB.addAll(List.of(run[1], run[2]));
      ratios.add(run[0], run[1], run[2], run[3]);
    }
    System.out.printf(Locale.ROOT, "A  %6.1f ms  %s%n", Ratios.median(timesA), String.join(" ", a));
    System.out.printf(Locale.ROOT, "B  %6.1f ms  %s%n", Ratios.median(timesB), String.join(" ", b));
    System.out.println("A/B  " + ratios);
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
}
