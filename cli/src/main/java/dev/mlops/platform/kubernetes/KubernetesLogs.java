package dev.mlops.platform.kubernetes;

import dev.mlops.manifest.Marked;
import dev.mlops.platform.Logs;
import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The pods' logs as one: what there is in the order of time, then what comes as it comes. */
record KubernetesLogs(Site site) implements Logs {
  private static final Duration LOOK = Duration.ofSeconds(1);

  @Override
  public void read(Query query, Consumer<Line> sink) throws InterruptedException {
    Map<String, PodReader> readers = new HashMap<>();
    List<Pod> pods = pods(query);
    if (query.replica().isPresent() && pods.isEmpty()) {
      throw Code.KUBERNETES_NO_REPLICA.problem(
          "There is no replica `" + query.replica().get() + "`", "", "mlops status");
    }
    pods.forEach(pod -> readers.put(uid(pod), reader(pod)));
    Parallel.map(List.copyOf(readers.values()), reader -> reader.last(query)).stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(PodReader.Entry::at))
        .forEach(entry -> sink.accept(entry.line()));
    if (query.follow()) {
      follow(query, readers, oneAtATime(sink));
    }
  }

  /** Who comes later is read from the beginning. */
  private void follow(Query query, Map<String, PodReader> readers, Consumer<Line> sink)
      throws InterruptedException {
    var outage = new Outage(InstantSource.system());
    Map<String, Thread> threads = new HashMap<>();
    try {
      while (true) {
        for (Pod pod : outage.survive(() -> pods(query), _ -> {})) {
          PodReader reader = readers.computeIfAbsent(uid(pod), _ -> reader(pod));
          threads.computeIfAbsent(uid(pod), _ -> start(reader, sink));
        }
        Thread.sleep(LOOK);
      }
    } finally {
      threads.values().forEach(Thread::interrupt);
    }
  }

  private static Thread start(PodReader reader, Consumer<Line> sink) {
    return Thread.ofVirtual().start(() -> reader.follow(sink));
  }

  private static Consumer<Line> oneAtATime(Consumer<Line> sink) {
    return line -> {
      synchronized (sink) {
        sink.accept(line);
      }
    };
  }

  private PodReader reader(Pod pod) {
    return new PodReader(site, pod.getMetadata().getName(), container(pod));
  }

  /** The one that runs the release's image, whatever runs beside it. */
  private String container(Pod pod) {
    List<Container> all = pod.getSpec().getContainers();
    Optional<String> service = all.size() == 1 ? Optional.empty() : site.main().flatMap(this::name);
    return all.stream()
        .map(Container::getName)
        .filter(name -> service.stream().anyMatch(name::equals))
        .findFirst()
        .orElse(all.getFirst().getName());
  }

  private Optional<String> name(Deployment deployment) {
    String digest = Site.annotation(deployment, Marked.IMAGE).orElseThrow();
    return deployment.getSpec().getTemplate().getSpec().getContainers().stream()
        .filter(container -> container.getImage().endsWith(digest))
        .map(Container::getName)
        .findFirst();
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

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }
}
