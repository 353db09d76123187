package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Workers under way: their intervals are added up, count by count. */
final class Workers implements Generator {
  private final LoadPlan plan;
  private final List<WorkerLink> links;
  private final Schedule schedule;
  private final CountDownLatch running;
  private final Harvest arrived;
  private final Map<Integer, Harvest.Gauge> gauges = new TreeMap<>();
  private final List<Findings> findings = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();

  Workers(LoadPlan plan, List<WorkerLink> links, Schedule schedule) {
    this.plan = plan;
    this.links = links;
    this.schedule = schedule;
    this.running = new CountDownLatch(links.size());
    this.arrived = new Harvest(plan.tasks().size());
  }

  Workers start() {
    Instant moment = Instant.now().plusNanos(schedule.start() - System.nanoTime());
    tell("start " + (moment.getEpochSecond() * 1_000_000_000L + moment.getNano()));
    for (int i = 0; i < links.size(); i++) {
      int index = i;
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
      lose(index, e.getMessage());
    } finally {
      running.countDown();
    }
  }

  /** Whether it was the last. */
  private synchronized boolean take(int index, JsonNode frame) throws IOException {
    if (frame.path("is").asText().equals("end")) {
      findings.add(Frames.readEnd(frame));
      return true;
    }
    gauges.put(index, Frames.readSecond(frame, arrived));
    return false;
  }

  private synchronized void lose(int index, String ending) {
    gauges.remove(index);
    lost.add(
        "worker %d of %d was lost after %.0f s (%s): what it sent since its last report is missing"
            .formatted(
                index + 1, links.size(), (System.nanoTime() - schedule.start()) / 1e9, ending));
  }

  @Override
  public synchronized void collect(Harvest into) {
    into.add(arrived);
    gauges.values().forEach(into::add);
    arrived.clear();
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
    for (WorkerLink link : links) {
      try {
        WithWorkers.say(link, line);
      } catch (IOException e) {
        // It is lost, and who listens to it says so.
      }
    }
  }

  @Override
  public void close() {
    links.forEach(WorkerLink::close);
  }
}
