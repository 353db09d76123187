package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.MlopsException;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A worker: it reads its order and then commands, a line each, and writes {@link Frames}. It ends
 * with its input, so that none outlives the one who started it.
 *
 * <p>Commands: {@code clock}, {@code start NANOS} since the epoch, {@code stop}, {@code change
 * LEVEL}.
 */
public final class Worker {
  /** What one that was given a port says once it listens there. */
  public static final String LISTENING = "listening";

  /** After which whoever started it is taken for gone. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final BufferedReader in;
  private final PrintStream out;

  private Worker(InputStream in, OutputStream out) {
    this.in = new BufferedReader(new InputStreamReader(in, UTF_8));
    this.out = new PrintStream(out, true, UTF_8);
  }

  /** Speaks over its standard streams, or over the first connection to a loopback port. */
  public static void main(String[] args) throws Exception {
    // Digits, commas and dates in what programs read are the same wherever it was written.
    Locale.setDefault(Locale.ROOT);
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    if (args.length == 0) {
      new Worker(System.in, out).run();
      return;
    }
    try (Socket socket = connection(Integer.parseInt(args[0]), new PrintStream(out, true, UTF_8))) {
      socket.setTcpNoDelay(true);
      new Worker(socket.getInputStream(), socket.getOutputStream()).run();
    }
  }

  private static Socket connection(int port, PrintStream out) throws IOException {
    try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout((int) LONGEST_WAIT.toMillis());
      out.println(LISTENING);
      return server.accept();
    }
  }

  private void run() throws IOException, InterruptedException {
    String line = in.readLine();
    if (line == null) {
      return; // Whoever started it has gone.
    }
    WorkerOrder order = WorkerOrder.parse(new ObjectMapper().readTree(line));
    try {
      work(order);
    } catch (MlopsException e) {
      print(Frames.refusal(e.problem()));
    }
  }

  private void work(WorkerOrder order) throws IOException, InterruptedException {
    LoadPlan plan = order.plan();
    OpenFiles.requireEnough(plan, order.share());
    Dialer dialer = Dialer.of(plan, Target.reach(plan));
    List<RequestRing> rings = order.requests().stream().map(RequestRing::of).toList();
    Scenario scenario = Scenario.of(plan, rings);
    out.println("{\"is\":\"ready\"}");
    String start = awaitStart();
    if (start == null) {
      return;
    }
    long moment = Long.parseLong(start.substring("start ".length()));
    Schedule schedule = new Schedule(plan, System.nanoTime() + moment - RemoteClock.epochNanos());
    Work work = new Work(plan, dialer, scenario, schedule, Level.of(plan, schedule), order.share());
    try (LocalGenerator generator = new LocalGenerator(work, 1).start()) {
      Thread.ofVirtual().start(() -> obey(generator));
      report(generator, plan, schedule);
    }
  }

  private String awaitStart() throws IOException {
    String line = in.readLine();
    while (line != null && line.equals("clock")) {
      print(JsonNodeFactory.instance.objectNode().put("nanos", RemoteClock.epochNanos()));
      line = in.readLine();
    }
    return line;
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

  private void report(LocalGenerator generator, LoadPlan plan, Schedule schedule)
      throws InterruptedException {
    Harvest harvest = new Harvest(plan.tasks().size());
    long tick = schedule.start();
    boolean goesOn = true;
    while (goesOn) {
      tick = schedule.lookAfter(tick);
      goesOn = !generator.awaitEnd(tick - System.nanoTime());
      harvest.clear();
      long until = generator.collect(harvest);
      print(Frames.second(harvest, until - schedule.start()));
    }
    print(Frames.end(generator.findings()));
  }

  private void print(ObjectNode frame) {
    out.println(frame);
  }
}
