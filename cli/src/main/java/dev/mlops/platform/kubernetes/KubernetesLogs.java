package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Logs;
import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The pods' logs, each read by a thread of its own. */
record KubernetesLogs(Site site) implements Logs {
  private static final Duration LOOK = Duration.ofSeconds(1);

  @Override
  public void read(Query query, Consumer<Line> sink) throws InterruptedException {
    Consumer<Line> inTurn = oneAtATime(sink);
    List<Pod> pods = pods(query);
    if (query.replica().isPresent() && pods.isEmpty()) {
      throw Code.KUBERNETES_NO_REPLICA.problem(
          "There is no replica `" + query.replica().get() + "`", "", "mlops status");
    }
    if (!query.follow()) {
      pods.forEach(pod -> copy(pod, query, query.tail(), inTurn));
      return;
    }
    Map<String, Thread> readers = new HashMap<>();
    try {
      int tail = query.tail();
      while (true) {
        for (Pod pod : pods(query)) {
          int from = tail;
          readers.computeIfAbsent(
              pod.getMetadata().getUid(),
              _ -> Thread.ofVirtual().start(() -> copy(pod, query, from, inTurn)));
        }
        tail = Integer.MAX_VALUE; // who comes later is read from the beginning
        Thread.sleep(LOOK);
      }
    } finally {
      readers.values().forEach(Thread::interrupt);
    }
  }

  private static Consumer<Line> oneAtATime(Consumer<Line> sink) {
    return line -> {
      synchronized (sink) {
        sink.accept(line);
      }
    };
  }

  private List<Pod> pods(Query query) {
    Stream<Pod> all = site.main().stream().flatMap(main -> site.pods(main).stream());
    return all.filter(pod -> query.replica().map(pod.getMetadata().getName()::equals).orElse(true))
        .filter(KubernetesLogs::hasLog)
        .toList();
  }

  /** A container that waits for its first start has none; one that waits for the next has. */
  private static boolean hasLog(Pod pod) {
    return PodState.containers(pod)
        .anyMatch(c -> c.getState().getWaiting() == null || c.getRestartCount() > 0);
  }

  private void copy(Pod pod, Query query, int tail, Consumer<Line> sink) {
    String name = pod.getMetadata().getName();
    var log = site.cluster().client().pods().inNamespace(site.namespace()).withName(name);
    var lines =
        query.since().isPresent()
            ? log.sinceSeconds((int) query.since().get().toSeconds()).tailingLines(tail)
            : log.tailingLines(tail);
    try (var watch = query.follow() ? lines.watchLog() : null;
        var in = watch == null ? lines.getLogInputStream() : watch.getOutput();
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        sink.accept(new Line(name, line));
      }
    } catch (KubernetesClientException e) {
      if (e.getCode() != 404) { // a pod that has gone meanwhile took its log with it
        throw ApiProblems.of(site.cluster(), "read the log of " + name, e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
