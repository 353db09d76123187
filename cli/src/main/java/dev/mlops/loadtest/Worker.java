package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.MlopsException;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;

/**
 * A worker: it reads its order and then commands from its standard input, a line each, and writes
 * {@link Frames} to its standard output. It ends with its input, so that none outlives the one who
 * started it.
 *
 * <p>Commands: {@code start NANOS} since the epoch, {@code stop}, {@code change LEVEL}.
 */
public final class Worker {
  private static final long SECOND = 1_000_000_000L;

  private final BufferedReader in;
  private final PrintStream out;

  private Worker(BufferedReader in, PrintStream out) {
    this.in = in;
    this.out = out;
  }

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    new Worker(new BufferedReader(new InputStreamReader(System.in, UTF_8)), out).run();
  }

  private void run() throws IOException, InterruptedException {
    WorkerOrder order = WorkerOrder.parse(new ObjectMapper().readTree(in.readLine()));
    LoadPlan plan = order.plan();
    try {
      OpenFiles.requireEnough(plan, order.share());
    } catch (MlopsException e) {
      print(Frames.refusal(e.problem().message()));
      return;
    }
    List<RequestRing> rings = order.requests().stream().map(RequestRing::of).toList();
    Scenario scenario = Scenario.of(plan, rings);
    out.println("{\"is\":\"ready\"}");
    String start = in.readLine();
    if (start == null) {
      return; // Whoever started it has gone.
    }
    Schedule schedule =
        new Schedule(plan, moment(Long.parseLong(start.substring("start ".length()))));
    Dialer dialer = Dialer.of(plan, order.address());
    Work work = new Work(plan, dialer, scenario, schedule, Level.of(plan, schedule), order.share());
    try (LocalGenerator generator = new LocalGenerator(work, order.loops()).start()) {
      Thread.ofVirtual().start(() -> obey(generator));
      report(generator, plan, schedule.start());
    }
  }

  /** As this process's clock has it. */
  private static long moment(long epochNanos) {
    Instant now = Instant.now();
    return System.nanoTime() + epochNanos - (now.getEpochSecond() * SECOND + now.getNano());
  }

  private void obey(LocalGenerator generator) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("change ")) {
          generator.change(Double.parseDouble(line.substring("change ".length())));
        } else {
          generator.stop();
        }
      }
    } catch (IOException e) {
      // As at the end of the input.
    }
    generator.close();
  }

  private void report(LocalGenerator generator, LoadPlan plan, long start)
      throws InterruptedException {
    Harvest harvest = new Harvest(plan.tasks().size());
    long tick = start;
    boolean goesOn = true;
    while (goesOn) {
      tick += SECOND;
      goesOn = !generator.awaitEnd(tick - System.nanoTime());
      harvest.clear();
      generator.collect(harvest);
      print(Frames.second(harvest));
    }
    print(Frames.end(generator.findings()));
  }

  private void print(ObjectNode frame) {
    out.println(frame);
  }
}
