package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Logs;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.Loggable;
import io.fabric8.kubernetes.client.dsl.TimeTailPrettyLoggable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The log of one pod's service, over the ends of its container: what the former one wrote comes
 * first, and a follower goes on with the next. The time that the node puts before each line says
 * where to go on.
 */
final class PodReader {
  private static final Duration AGAIN = Duration.ofMillis(500);

  /** In place of a log that has been cleared away. */
  private static final String GONE = "unable to retrieve container logs";

  /**
   * @param at when the node took the line
   */
  record Entry(Instant at, Logs.Line line) {}

  private final Site site;
  private final String pod;
  private final String container;
  private Instant last = Instant.MIN;

  /**
   * @param container whose log it is, where there are several
   */
  PodReader(Site site, String pod, String container) {
    this.site = site;
    this.pod = pod;
    this.container = container;
  }

  /** The last lines that there are, the oldest first. */
  List<Entry> last(Logs.Query query) {
    List<Entry> entries = new ArrayList<>();
    if (restartsNow().orElse(0) > 0) {
      entries.addAll(read(log().usingTimestamps().terminated(), query));
    }
    entries.addAll(read(log().usingTimestamps(), query));
    Instant after = query.since().map(age -> Instant.now().minus(age)).orElse(Instant.MIN);
    List<Entry> young = entries.stream().filter(entry -> entry.at().isAfter(after)).toList();
    young.forEach(this::passed);
    return young.subList(Math.max(0, young.size() - query.tail()), young.size());
  }

  /** Hands over what comes from here on, until the pod is gone or the thread is interrupted. */
  void follow(Consumer<Logs.Line> sink) {
    try {
      int ends = restarts().orElse(0);
      for (var now = restarts(); now.isPresent(); now = restarts()) {
        if (now.getAsInt() > ends) {
          take(log().usingTimestamps().terminated(), false, sink); // last words that came meanwhile
        }
        ends = now.getAsInt();
        take(log().usingTimestamps(), true, sink);
        Thread.sleep(AGAIN);
      }
    } catch (InterruptedException e) {
      // Nobody listens any more.
    }
  }

  private void take(TimeTailPrettyLoggable log, boolean follow, Consumer<Logs.Line> sink) {
    Instant from = last;
    Loggable fresh = from.equals(Instant.MIN) ? log : log.sinceTime(from.toString());
    try (var watch = follow ? fresh.watchLog() : null;
        InputStream in = watch == null ? fresh.getLogInputStream() : watch.getOutput()) {
      copy(
          in,
          entry -> {
            if (entry.at().isAfter(from)) { // the server cuts at whole seconds
              passed(entry);
              sink.accept(entry.line());
            }
          });
    } catch (IOException | KubernetesClientException e) {
      // Read again from where it broke, if the pod is still there.
    }
  }

  private List<Entry> read(TimeTailPrettyLoggable log, Logs.Query query) {
    List<Entry> entries = new ArrayList<>();
    var young =
        query.since().isPresent()
            ? log.sinceSeconds((int) query.since().get().toSeconds() + 1)
            : log;
    try (InputStream in = young.tailingLines(query.tail()).getLogInputStream()) {
      copy(in, entries::add);
    } catch (KubernetesClientException e) {
      if (e.getCode() != 404 && e.getCode() != 400) { // gone meanwhile, or not begun
        throw ApiProblems.of(site.cluster(), "read the log of " + pod, e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  private void copy(InputStream in, Consumer<Entry> sink) throws IOException {
    var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (!line.startsWith(GONE)) {
        sink.accept(entry(line));
      }
    }
  }

  private Entry entry(String line) {
    int space = line.indexOf(' ');
    try {
      Instant at = Instant.parse(line.substring(0, Math.max(0, space)));
      return new Entry(at, new Logs.Line(pod, line.substring(space + 1)));
    } catch (DateTimeParseException e) {
      return new Entry(last, new Logs.Line(pod, line));
    }
  }

  private void passed(Entry entry) {
    if (entry.at().isAfter(last)) {
      last = entry.at();
    }
  }

  private ContainerResource log() {
    return site.cluster()
        .client()
        .pods()
        .inNamespace(site.namespace())
        .withName(pod)
        .inContainer(container);
  }

  /** How often the container began anew; empty once the pod is gone. */
  private OptionalInt restarts() throws InterruptedException {
    return new Outage(InstantSource.system()).survive(this::restartsNow, _ -> {});
  }

  private OptionalInt restartsNow() {
    return site
        .ask(
            "list the pods in " + site.namespace(),
            client ->
                client
                    .pods()
                    .inNamespace(site.namespace())
                    .withField("metadata.name", pod)
                    .list()
                    .getItems())
        .stream()
        .mapToInt(this::restarts)
        .findFirst();
  }

  private int restarts(Pod now) {
    return PodState.containers(now)
        .filter(c -> c.getName().equals(container))
        .mapToInt(ContainerStatus::getRestartCount)
        .sum();
  }
}
