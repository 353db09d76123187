import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets two load testers put load on one server in turn, in blocks of A B B A, and prints the median
 * of the blocks' ratios of requests a second with its bootstrap interval. The server runs on CPU 0,
 * the load testers on CPU 1. A block in which a run says of itself that it is not valid counts for
 * nothing, and is told.
 *
 * <p>Usage: {@code java LoadRuns.java BLOCKS PORT SERVER… -- TESTER-A… -- TESTER-B…}; a tester
 * prints {@code "throughput" : N} and {@code "valid" : true}, as mlops does, or {@code
 * Requests/sec: N}, as wrk does.
 */
final class LoadRuns {
  private static final int RESAMPLES = 10_000;
  private static final Pattern RATE =
      Pattern.compile("(?:Requests/sec:|\"throughput\"\\s*:)\\s*([\\d.]+)");
  private static final Pattern INVALID = Pattern.compile("\"valid\"\\s*:\\s*false");
  private static final Pattern REASON = Pattern.compile("\"invalidBecause\"\\s*:\\s*(\\[[^]]*])");

  private record Run(double rate, String invalid) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.0f/s%s", rate, invalid);
    }
  }

  public static void main(String[] args) throws Exception {
    int blocks = Integer.parseInt(args[0]);
    int port = Integer.parseInt(args[1]);
    List<String> words = Arrays.asList(args).subList(2, args.length);
    int first = words.indexOf("--");
    int second = words.lastIndexOf("--");
    Process server = start(port, words.subList(0, first));
    try {
      List<String> a = words.subList(first + 1, second);
      List<String> b = words.subList(second + 1, words.size());
      run(a);
      run(b);
      List<Double> ratios = new ArrayList<>();
      for (int block = 0; block < blocks; block++) {
        Run[] runs = {run(a), run(b), run(b), run(a)};
        System.out.println("block " + block + ": " + Arrays.toString(runs));
        if (Arrays.stream(runs).allMatch(run -> run.invalid().isEmpty())) {
          ratios.add((runs[0].rate() + runs[3].rate()) / (runs[1].rate() + runs[2].rate()));
        }
      }
      print(ratios, blocks);
    } finally {
      server.destroy();
    }
  }

  private static Process start(int port, List<String> words) throws Exception {
    Process process = pinned(0, words, ProcessBuilder.Redirect.DISCARD).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    long end = System.nanoTime() + 60_000_000_000L;
    while (!listens(port)) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        process.destroy();
        throw new IllegalStateException("does not listen on " + port + ": " + words);
      }
      Thread.sleep(50);
    }
    return process;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Run run(List<String> tester) throws Exception {
    Process process = pinned(1, tester, ProcessBuilder.Redirect.PIPE).start();
    String output = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    Matcher rate = RATE.matcher(output);
    if (!rate.find() || output.contains("Non-2xx")) {
      throw new IllegalStateException(output);
    }
    Matcher reason = REASON.matcher(output);
    String invalid =
        INVALID.matcher(output).find() && reason.find() ? " INVALID " + reason.group(1) : "";
    return new Run(Double.parseDouble(rate.group(1)), invalid);
  }

  private static ProcessBuilder pinned(
      int cpu, List<String> words, ProcessBuilder.Redirect output) {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", String.valueOf(cpu)));
    command.addAll(words);
    return new ProcessBuilder(command)
        .redirectOutput(output)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  private static void print(List<Double> ratios, int blocks) {
    if (ratios.isEmpty()) {
      System.out.println("no valid block");
      return;
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
    System.out.printf(
        Locale.ROOT,
        "requests a second, A/B: %.3f (95 %% interval %.3f to %.3f, %d of %d blocks valid)%n",
        median(ratios),
        sorted.get(RESAMPLES / 40),
        sorted.get(RESAMPLES - RESAMPLES / 40),
        ratios.size(),
        blocks);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
