package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Jobs;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Reads one pod's log to its end. A connection may break at any time: the time that the node puts
 * before each line says where to go on.
 */
final class PodLog implements Runnable {
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final Site site;
  private final String name;
  private final int copy;
  private final PodLines lines;
  private Instant last = Instant.EPOCH;

  PodLog(Site site, Pod pod, PodLines lines) {
    this.site = site;
    this.name = pod.getMetadata().getName();
    this.copy = RunningJob.copy(pod);
    this.lines = lines;
  }

  @Override
  public void run() {
    try {
      boolean ended;
      do {
        ended = hasEnded(); // asked before: what is written until then is read below
        read(!ended);
        if (!ended) {
          Thread.sleep(AGAIN);
        }
      } while (!ended);
    } catch (InterruptedException e) {
      // Nobody listens any more.
    }
  }

  private void read(boolean follow) {
    var log =
        site.cluster()
            .client()
            .pods()
            .inNamespace(site.namespace())
            .withName(name)
            .usingTimestamps();
    var fresh = last.equals(Instant.EPOCH) ? log : log.sinceTime(last.toString());
    try (LogWatch watch = follow ? fresh.watchLog() : null;
        var in = watch == null ? fresh.getLogInputStream() : watch.getOutput();
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        take(line);
      }
    } catch (IOException | KubernetesClientException e) {
      // Read again from where it broke; a pod that is gone is told by the Job.
    }
  }

  private void take(String line) {
    int space = line.indexOf(' ');
    Optional<Instant> time = time(line.substring(0, Math.max(0, space)));
    if (time.isPresent() && time.get().isAfter(last)) {
      last = time.get();
      lines.add(new Jobs.Line(copy, line.substring(space + 1)));
    }
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private boolean hasEnded() {
    try {
      Pod pod = site.cluster().client().pods().inNamespace(site.namespace()).withName(name).get();
      return pod == null
          || PodState.containers(pod).allMatch(c -> c.getState().getTerminated() != null);
    } catch (KubernetesClientException e) {
      return false;
    }
  }
}
