package dev.mlops.usage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.platform.Meters;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks at the replicas again and again; what is told is what happened since the last look. */
public final class Survey {
  private static final double NANOS = 1e9;

  private final Platform platform;
  private final Set<String> probes;
  private Look last = new Look(System.nanoTime(), Map.of());

  private record Look(long at, Map<String, Page> pages) {}

  /**
   * @param probes paths that are not asked by users
   */
  public Survey(Platform platform, Set<String> probes) {
    this.platform = platform;
    this.probes = probes;
  }

  public Usage look() throws InterruptedException {
    Status status = platform.workloads().status();
    Map<String, Meters.Reading> meters =
        platform.meters().read().stream()
            .collect(Collectors.toMap(Meters.Reading::replica, Function.identity(), (a, _) -> a));
    Look before = last;
    last = new Look(System.nanoTime(), pages(status));
    double seconds = (last.at() - before.at()) / NANOS;
    List<Usage.Line> lines = new ArrayList<>();
    List<Traffic> all = new ArrayList<>();
    for (Status.Replica replica : status.replicas().all()) {
      Optional<Page> then = Optional.ofNullable(before.pages().get(replica.name()));
      Optional<Page> now = Optional.ofNullable(last.pages().get(replica.name()));
      Optional<Traffic> traffic =
          then.flatMap(t -> now.flatMap(n -> Traffic.between(t, n, seconds)));
      traffic.ifPresent(all::add);
      lines.add(line(replica, Optional.ofNullable(meters.get(replica.name())), then, now, traffic));
    }
    return new Usage(seconds, lines, all.stream().reduce(Traffic::plus).map(Usage.Requests::of));
  }

  private static Usage.Line line(
      Status.Replica replica,
      Optional<Meters.Reading> meter,
      Optional<Page> then,
      Optional<Page> now,
      Optional<Traffic> traffic) {
    Meters.Gauge cpu = meter.map(Meters.Reading::cpu).orElse(Meters.Gauge.NONE);
    Meters.Gauge memory = meter.map(Meters.Reading::memory).orElse(Meters.Gauge.NONE);
    // The replica's own seconds are of this very while; a cluster's are of the last half minute.
    Optional<Double> cores = traffic.flatMap(t -> cores(then.get(), now.get(), t.seconds()));
    return new Usage.Line(
        replica,
        new Meters.Gauge(cores.or(cpu::used), cpu.limit()),
        new Meters.Gauge(memory.used().or(() -> now.flatMap(Page::memoryBytes)), memory.limit()),
        traffic.map(Usage.Requests::of));
  }

  private static Optional<Double> cores(Page then, Page now, double seconds) {
    return now.cpuSeconds()
        .flatMap(after -> then.cpuSeconds().map(before -> (after - before) / seconds));
  }

  private Map<String, Page> pages(Status status) throws InterruptedException {
    Map<String, Page> pages = new ConcurrentHashMap<>();
    List<Thread> threads = new ArrayList<>();
    for (Status.Replica replica : status.replicas().all()) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> page(replica).ifPresent(page -> pages.put(replica.name(), page))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return new HashMap<>(pages);
  }

  private Optional<Page> page(Status.Replica replica) {
    try {
      return platform
          .workloads()
          .ask(replica, "/metrics")
          .map(bytes -> Page.parse(new String(bytes, UTF_8), probes));
    } catch (IOException e) {
      return Optional.empty(); // it has no metrics, or is on its way in or out
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
