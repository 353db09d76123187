import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the most that two load workers can send with the most of one, in blocks of 2 1 1 2. Each
 * worker process gets a CPU budget of its own by a control group's quota, so that they don't share
 * what they need although they share CPU 1; the server has CPU 0. Linux, as root.
 *
 * <p>Usage: {@code java WorkerRuns.java BLOCKS PERCENT PORT SERVER… -- MLOPS PROJECT USERS}; PERCENT
 * of a CPU for each worker, USERS for each worker. At their most the runs are not valid, and say so:
 * the load tester is the bottleneck, as it is meant to be here.
 */
final class WorkerRuns {
  private static final Pattern RATE = Pattern.compile("\"throughput\"\\s*:\\s*([\\d.]+)");
  private static final Pattern ERRORS = Pattern.compile("\"errors\"\\s*:\\s*(\\d+)");
  private static final Pattern REASONS = Pattern.compile("\"invalidBecause\"\\s*:\\s*\\[([^]]*)]");
  private static final int PERIOD_MICROS = 100_000;

  private final int percent;
  private final List<String> command;
  private final int users;

  private WorkerRuns(int percent, List<String> command, int users) {
    this.percent = percent;
    this.command = command;
    this.users = users;
  }

  public static void main(String[] args) throws Exception {
    int blocks = Integer.parseInt(args[0]);
    int port = Integer.parseInt(args[2]);
    List<String> words = Arrays.asList(args);
    int mark = words.indexOf("--");
    List<String> command =
        List.of(
            "taskset", "-c", "1", words.get(mark + 1), "loadtest", "-o", "json", "--project", words.get(mark + 2),
            "--target", "http://127.0.0.1:" + port, "--wait", "0s", "--spawn-rate", "1000",
            "--workers-on", "here", "--warm-up", "8s", "-d", "8s");
    WorkerRuns runs =
        new WorkerRuns(
            Integer.parseInt(args[1]), command, Integer.parseInt(words.get(mark + 3)));
    Process server = Pinned.server(port, words.subList(3, mark));
    Ratios ratios = new Ratios();
    for (int block = 0; block < blocks; block++) {
      double[] rates = {runs.run(2), runs.run(1), runs.run(1), runs.run(2)};
      ratios.add(rates[0], rates[1], rates[2], rates[3]);
    }
    System.out.println("two workers, of one: " + ratios);
    server.destroy();
  }

  private double run(int workers) throws Exception {
    List<String> words = new ArrayList<>(command);
    words.addAll(
        List.of("--workers", String.valueOf(workers), "--users", String.valueOf(workers * users)));
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Thread.ofPlatform().daemon().start(() -> confine(process));
    String said = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    Matcher rate = RATE.matcher(said);
    Matcher errors = ERRORS.matcher(said);
    Matcher reasons = REASONS.matcher(said);
    if (!rate.find() || !errors.find() || !reasons.find()) {
      throw new IllegalStateException(said);
    }
    System.out.printf(
        Locale.ROOT,
        "%d workers: %s/s, %s errors; %s%n",
        workers,
        rate.group(1),
        errors.group(1),
        reasons.group(1).strip());
    return Double.parseDouble(rate.group(1));
  }

  /** Gives each worker its own group as soon as it is there. */
  private void confine(Process tool) {
    List<Long> confined = new ArrayList<>();
    try {
      while (tool.isAlive()) {
        for (ProcessHandle child : tool.descendants().toList()) {
          if (!confined.contains(child.pid()) && isWorker(child)) {
            give(group(confined.size()), child);
            confined.add(child.pid());
          }
        }
        Thread.sleep(5);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isWorker(ProcessHandle process) {
    try {
      Path words = Path.of("/proc", String.valueOf(process.pid()), "cmdline");
      return Files.readString(words).contains("dev.mlops.loadtest.Worker");
    } catch (IOException e) {
      return false; // It has ended.
    }
  }

  private Path group(int index) throws IOException {
    Path first = Path.of("/sys/fs/cgroup/cpu");
    boolean second = !Files.exists(first);
    Path group = (second ? Path.of("/sys/fs/cgroup") : first).resolve("load-worker-" + index);
    Files.createDirectories(group);
    String quota = String.valueOf(PERIOD_MICROS * percent / 100);
    if (second) {
      Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
    } else {
      Files.writeString(group.resolve("cpu.cfs_period_us"), String.valueOf(PERIOD_MICROS));
      Files.writeString(group.resolve("cpu.cfs_quota_us"), quota);
    }
    return group;
  }

  private static void give(Path group, ProcessHandle worker) throws IOException {
    Files.writeString(group.resolve("cgroup.procs"), String.valueOf(worker.pid()));
  }
}
