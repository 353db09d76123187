package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Workers under way: their intervals are added up, count by count. */
final class Workers implements Generator {
  /** How late a worker's second may come in without the others going ahead. */
  private static final long LATEST = 2_000_000_000L;

  private final LoadPlan plan;
  private final Crew crew;
  private final List<WorkerLink> links;
  private final Schedule schedule;
  private final CountDownLatch running;
  private final List<Pending> pending;
  private final List<Findings> findings = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private long collected;

  Workers(LoadPlan plan, Crew crew, Schedule schedule) {
    this.plan = plan;
    this.crew = crew;
    this.links = crew.workers();
    this.schedule = schedule;
    this.running = new CountDownLatch(links.size());
    this.pending =
        Stream.generate(() -> new Pending(plan.tasks().size())).limit(links.size()).toList();
    this.collected = schedule.start();
  }

  /** Each by its own clock, at the same moment. */
  Workers start(List<RemoteClock> clocks) {
    long moment = RemoteClock.epochNanos() + schedule.start() - System.nanoTime();
    for (int i = 0; i < links.size(); i++) {
      int index = i;
      tell(links.get(i), "start " + (moment + clocks.get(i).ahead()));
      Thread.ofVirtual().name("worker-" + i).start(() -> listen(index));
    }
    return this;
  }

  private void listen(int index) {
    try {
      for (String line = links.get(index).frames().readLine();
          line != null;
          line = links.get(index).frames().readLine()) {
        if (take(index, new ObjectMapper().readTree(line))) {
          return;
        }
      }
      lose(index, links.get(index).ending());
    } catch (IOException e) {
      lose(index, e.getMessage() + "; " + links.get(index).ending());
    } finally {
      running.countDown();
    }
  }

  /** Whether it was the last. */
  private synchronized boolean take(int index, JsonNode frame) throws IOException {
    boolean last = frame.path("is").asText().equals("end");
    if (last) {
      findings.add(Frames.readEnd(frame));
      pending.get(index).end();
    } else {
      pending.get(index).add(frame);
    }
    notifyAll();
    return last;
  }

  private synchronized void lose(int index, String ending) {
    pending.get(index).lose();
    notifyAll();
    lost.add(
        "worker %d of %d was lost after %.0f s (%s): what it sent since its last report is missing"
            .formatted(
                index + 1, links.size(), (System.nanoTime() - schedule.start()) / 1e9, ending));
  }

  @Override
  public synchronized long collect(Harvest into) throws InterruptedException {
    long deadline = System.nanoTime() + LATEST;
    while (pending.stream().anyMatch(Pending::owes) && System.nanoTime() < deadline) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, deadline - System.nanoTime()));
    }
    boolean everything = running.getCount() == 0;
    for (Pending worker : pending) {
      collected = Math.max(collected, schedule.start() + worker.moveInto(into, everything));
    }
    return collected;
  }

  @Override
  public boolean awaitEnd(long nanos) throws InterruptedException {
    return running.await(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public synchronized Findings findings() {
    List<Map<String, ErrorCount>> errors = new ArrayList<>();
    for (int task = 0; task < plan.tasks().size(); task++) {
      Map<String, ErrorCount> ofTask = new HashMap<>();
      for (Findings found : findings) {
        found
            .errors()
            .get(task)
            .forEach((kind, count) -> ofTask.merge(kind, count, ErrorCount::plus));
      }
      errors.add(ofTask);
    }
    List<SlowRequest> slowest =
        findings.stream().flatMap(found -> found.slowest().stream()).toList();
    return new Findings(errors, Slowest.merge(slowest), List.copyOf(lost));
  }

  @Override
  public void stop() {
    schedule.endNow();
    tell("stop");
  }

  @Override
  public void change(double level) {
    tell("change " + level);
  }

  private void tell(String line) {
    links.forEach(link -> tell(link, line));
  }

  private static void tell(WorkerLink link, String line) {
    try {
      WithWorkers.say(link, line);
    } catch (IOException e) {
      // It is lost, and who listens to it says so.
    }
  }

  @Override
  public void close() {
    crew.close();
  }
}
