package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.problem.Code;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Load from several workers that begin at the same moment, on a thread each. */
record WithWorkers(int count, Crew.Start start) implements Launch {
  /** For the start to reach all of them, beside the ways there. */
  private static final Duration LEAD = Duration.ofMillis(300);

  /** For images to be pulled and pods to be placed, before the test, and for its last answers. */
  private static final Duration ROUND_ABOUT = Duration.ofMinutes(10);

  @Override
  public URI nearby(URI endpoint) {
    return start.nearby(endpoint);
  }

  @Override
  public Prepared prepare(LoadPlan plan, Consumer<String> progress) throws InterruptedException {
    List<List<RenderedRequest>> requests =
        plan.tasks().stream().map(task -> RenderedRequest.of(plan, task)).toList();
    try {
      Crew crew = start.start(count, plan.total().plus(ROUND_ABOUT), progress);
      try {
        progress.accept("giving " + count + " workers the plan");
        return order(plan, requests, crew);
      } catch (IOException | RuntimeException e) {
        crew.close();
        throw e;
      }
    } catch (IOException e) {
      throw Code.LOAD_WORKERS.problem(
          "A worker of the load test did not start",
          String.valueOf(e.getMessage()),
          "Use fewer workers, or less load.",
          e);
    }
  }

  private Ready order(LoadPlan plan, List<List<RenderedRequest>> requests, Crew crew)
      throws IOException {
    List<WorkerLink> links = crew.workers();
    for (int i = 0; i < count; i++) {
      say(links.get(i), new WorkerOrder(plan, requests, new Share(i, count)).json().toString());
    }
    List<RemoteClock> clocks = new ArrayList<>();
    for (WorkerLink link : links) {
      awaitReady(link);
      clocks.add(RemoteClock.of(link));
    }
    return new Ready(plan, crew, clocks);
  }

  private static void awaitReady(WorkerLink link) throws IOException {
    String line = link.frames().readLine();
    if (line == null) {
      throw new IOException("It said nothing, " + link.ending() + ".");
    }
    JsonNode frame = new ObjectMapper().readTree(line);
    Frames.readRefusal(frame)
        .ifPresent(problem -> {
          throw problem;
        });
  }

  static void say(WorkerLink link, String line) throws IOException {
    link.commands().write(line + "\n");
    link.commands().flush();
  }

  private record Ready(LoadPlan plan, Crew crew, List<RemoteClock> clocks) implements Prepared {
    @Override
    public Duration lead() {
      long way = clocks.stream().mapToLong(RemoteClock::way).max().orElse(0);
      return LEAD.plusNanos(2 * way);
    }

    @Override
    public Generator start(Schedule schedule) {
      return new Workers(plan, crew, schedule).start(clocks);
    }

    @Override
    public void close() {
      crew.close();
    }
  }
}
