import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
    Process server = Pinned.server(port, words.subList(0, first));
    try {
      List<String> a = words.subList(first + 1, second);
      List<String> b = words.subList(second + 1, words.size());
      run(a);
      run(b);
      Ratios ratios = new Ratios();
      for (int block = 0; block < blocks; block++) {
        Run[] runs = {run(a), run(b), run(b), run(a)};
        System.out.println("block " + block + ": " + Arrays.toString(runs));
        if (Arrays.stream(runs).allMatch(run -> run.invalid().isEmpty())) {
          ratios.add(runs[0].rate(), runs[1].rate(), runs[2].rate(), runs[3].rate());
        }
      }
      System.out.println("requests a second, A/B, of " + blocks + " blocks: " + ratios);
    } finally {
      server.destroy();
    }
  }

  private static Run run(List<String> tester) throws Exception {
    String output = Pinned.load(tester);
    Matcher rate = RATE.matcher(output);
    if (!rate.find() || output.contains("Non-2xx")) {
      throw new IllegalStateException(output);
    }
    Matcher reason = REASON.matcher(output);
    String invalid =
        INVALID.matcher(output).find() && reason.find() ? " INVALID " + reason.group(1) : "";
    return new Run(Double.parseDouble(rate.group(1)), invalid);
  }
}
