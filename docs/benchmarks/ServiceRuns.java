import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
      Ratios rates = new Ratios();
      Ratios cpu = new Ratios();
      for (int block = 0; block < blocks; block++) {
        Run[] runs = {
          run(a, seconds, args[2]),
          run(b, seconds, args[2]),
          run(b, seconds, args[2]),
          run(a, seconds, args[2])
        };
        rates.add(runs[0].rate(), runs[1].rate(), runs[2].rate(), runs[3].rate());
        // Of the requests for the same CPU time, so upside down.
        cpu.add(
            1 / runs[0].cpuMicros(),
            1 / runs[1].cpuMicros(),
            1 / runs[2].cpuMicros(),
            1 / runs[3].cpuMicros());
        System.out.println("block " + block + ": " + Arrays.toString(runs));
      }
      System.out.println("requests a second, A/B: " + rates);
      System.out.println("requests for the same CPU time, A/B: " + cpu);
    } finally {
      a.process().destroy();
      b.process().destroy();
    }
  }

  private static Server start(List<String> words) throws Exception {
    int port = Integer.parseInt(words.getFirst());
    Process process = Pinned.server(port, words.subList(1, words.size()));
    Thread.sleep(2000);
    return new Server(port, process);
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
    return Pinned.load(
        List.of(
            "wrk",
            "-t1",
            "-c64",
            "-d" + seconds + "s",
            "-s",
            script,
            "http://127.0.0.1:" + server.port() + "/predict"));
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
}
