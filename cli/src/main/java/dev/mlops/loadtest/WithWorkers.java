package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.problem.Code;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Load from several workers that begin at the same moment. */
final class WithWorkers implements Launch {
  /** For the start to reach all of them. */
  private static final Duration LEAD = Duration.ofMillis(300);

  private final int count;
  private final WorkerLink.Start start;
  private final int loops;

  /**
   * @param loops how many threads each puts to work
   */
  WithWorkers(int count, int loops, WorkerLink.Start start) {
    this.count = count;
    this.loops = loops;
    this.start = start;
  }

  @Override
  public Prepared prepare(LoadPlan plan, InetSocketAddress address) throws InterruptedException {
    List<List<RenderedRequest>> requests =
        plan.tasks().stream().map(task -> RenderedRequest.of(plan, task)).toList();
    List<WorkerLink> links = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        links.add(start.start(i));
        Share share = new Share(i, count);
        WorkerOrder order = new WorkerOrder(plan, address, requests, share, loops);
        say(links.get(i), order.json().toString());
      }
      for (WorkerLink link : links) {
        awaitReady(link);
      }
      return new Ready(plan, links);
    } catch (IOException e) {
      links.forEach(WorkerLink::close);
      throw Code.LOAD_WORKERS.problem(
          "A worker of the load test did not start",
          String.valueOf(e.getMessage()),
          "Use fewer workers, or less load.",
          e);
    }
  }

  private static void awaitReady(WorkerLink link) throws IOException {
    String line = link.frames().readLine();
    if (line == null) {
      throw new IOException("It said nothing, " + link.ending() + ".");
    }
    JsonNode frame = new ObjectMapper().readTree(line);
    if (!frame.path("is").asText().equals("ready")) {
      throw new IOException(frame.path("why").asText(line));
    }
  }

  static void say(WorkerLink link, String line) throws IOException {
    link.commands().write(line + "\n");
    link.commands().flush();
  }

  private record Ready(LoadPlan plan, List<WorkerLink> links) implements Prepared {
    @Override
    public Duration lead() {
      return LEAD;
    }

    @Override
    public Generator start(Schedule schedule) {
      return new Workers(plan, links, schedule).start();
    }

    @Override
    public void close() {
      links.forEach(WorkerLink::close);
    }
  }
}
