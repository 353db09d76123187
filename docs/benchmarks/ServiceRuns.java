import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Loads two servers in turn with wrk, in blocks of A B B A, and prints the medians of the blocks'
 * ratios with their bootstrap intervals: of requests a second, and of CPU time a request, which
 * other load on the machine disturbs less. Servers run on CPU 0, wrk on CPU 1.
 *
 * <p>Usage: {@code java ServiceRuns.java BLOCKS SECONDS SCRIPT.lua PORT-A COMMAND-A -- PORT-B
 * COMMAND-B}; each command is the server itself, or ends with its one worker.
 */
final class ServiceRuns {
  private static final int RESAMPLES = 10_000;
  private static final double TICKS_PER_SECOND = 100;
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");

  private record Server(int port, Process process) {}

  private record Run(double rate, double cpuMicros) {}

  public static void main(String[] args) throws Exception {
    int blocks = Integer.parseInt(args[0]);
    int seconds = Integer.parseInt(args[1]);
    List<String> words = Arrays.asList(args).subList(3, args.length);
    int split = words.indexOf("--");
    Server a = start(words.subList(0, split));
    Server b = start(words.subList(split + 1, words.size()));
    try {
      load(a, 2 * seconds, args[2]);
      load(b, 2 * seconds, args[2]);
      List<Double> rates = new ArrayList<>();
      List<Double> cpu = new ArrayList<>();
      for (int block = 0; block < blocks; block++) {
        Run[] runs = {
          run(a, seconds, args[2]),
          run(b, seconds, args[2]),
          run(b, seconds, args[2]),
          run(a, seconds, args[2])
        };
        rates.add((runs[0].rate() + runs[3].rate()) / (runs[1].rate() + runs[2].rate()));
        cpu.add(
            (runs[1].cpuMicros() + runs[2].cpuMicros())
                / (runs[0].cpuMicros() + runs[3].cpuMicros()));
        System.out.println("block " + block + ": " + Arrays.toString(runs));
      }
      print("requests a second, A/B", rates);
      print("requests for the same CPU time, A/B", cpu);
    } finally {
      a.process().destroy();
      b.process().destroy();
    }
  }

  private static Server start(List<String> words) throws Exception {
    int port = Integer.parseInt(words.getFirst());
    List<String> command = new ArrayList<>(List.of("taskset", "-c", "0"));
    command.addAll(words.subList(1, words.size()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    long end = System.nanoTime() + 60_000_000_000L;
    while (!listens(port)) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        process.destroy();
        throw new IllegalStateException("does not listen on " + port + ": " + command);
      }
      Thread.sleep(50);
    }
    Thread.sleep(2000);
    return new Server(port, process);
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Run run(Server server, int seconds, String script) throws Exception {
    double before = cpuSeconds(server);
    String output = load(server, seconds, script);
    double spent = cpuSeconds(server) - before;
    Matcher rate = RATE.matcher(output);
    if (!rate.find() || output.contains("Non-2xx")) {
      throw new IllegalStateException(output);
    }
    double perSecond = Double.parseDouble(rate.group(1));
    return new Run(perSecond, spent * 1e6 / (perSecond * seconds));
  }

  /** What wrk says. */
  private static String load(Server server, int seconds, String script) throws Exception {
    Process wrk =
        new ProcessBuilder(
                "taskset",
                "-c",
                "1",
                "wrk",
                "-t1",
                "-c64",
                "-d" + seconds + "s",
                "-s",
                script,
                "http://127.0.0.1:" + server.port() + "/predict")
            .redirectErrorStream(true)
            .start();
    String output = new String(wrk.getInputStream().readAllBytes());
    if (wrk.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
    return output;
  }

  /** User and system time of the process and its children. */
  private static double cpuSeconds(Server server) throws IOException {
    List<ProcessHandle> all = new ArrayList<>(server.process().descendants().toList());
    all.add(server.process().toHandle());
    double ticks = 0;
    for (ProcessHandle process : all) {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      ticks += Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static void print(String title, List<Double> ratios) {
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
        "%s: %.2f (95 %% interval %.2f to %.2f, %d blocks)%n",
        title,
        median(ratios),
        sorted.get(RESAMPLES / 40),
        sorted.get(RESAMPLES - RESAMPLES / 40),
        ratios.size());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
