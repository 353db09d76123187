package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Forwards;
import dev.mlops.platform.Jobs;
import dev.mlops.platform.LoopbackChannel;
import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A Job and its pods. */
record RunningJob(Site site, Jobs.Spec job, Consumer<String> progress) implements Jobs.Running {
  private static final Duration LOOK = Duration.ofMillis(500);

  /** Until a node has told that a container has ended. */
  private static final Duration LONGEST_ENDING = Duration.ofSeconds(4);

  private static final Duration LONGEST_REMOVAL = Duration.ofMinutes(1);

  /**
   * What is left behind would cost until its time is over, so a server that fails is asked again.
   */
  private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(20);

  @Override
  public void follow(Predicate<Jobs.Line> goOn) throws InterruptedException {
    var trouble = new JobTrouble(site, job, progress);
    try (var lines = new PodLines(site)) {
      while (true) {
        Job now = read().orElseThrow(this::gone);
        List<Pod> pods = pods();
        lines.from(pods);
        boolean complete = JobState.isComplete(now);
        boolean over = complete || JobState.failure(now).isPresent();
        if (!(over ? lines.rest(goOn) : lines.take(LOOK, goOn)) || complete) {
          return;
        }
        trouble.check(now, pods, lines.last());
      }
    }
  }

  @Override
  public void fetch(int copy, String name, Path into) throws InterruptedException {
    String pod = runningPod(copy).orElseThrow(this::gone);
    new PodFile(site, pod, JobManifest.PORT).copy(name, into);
  }

  private Optional<String> runningPod(int copy) {
    return pods().stream()
        .filter(pod -> copy(pod) == copy && pod.getStatus().getPhase().equals("Running"))
        .map(pod -> pod.getMetadata().getName())
        .findFirst();
  }

  @Override
  public Jobs.Channel connect(int copy, Duration patience) throws IOException {
    String pod =
        runningPod(copy)
            .orElseThrow(() -> new IOException("no pod runs as copy %d".formatted(copy)));
    try {
      LocalPortForward way =
          site.cluster()
              .client()
              .pods()
              .inNamespace(site.namespace())
              .withName(pod)
              .portForward(JobManifest.PORT, InetAddress.getLoopbackAddress(), Forwards.FREE_PORT);
      return LoopbackChannel.open(way.getLocalPort(), patience, way);
    } catch (KubernetesClientException e) {
      throw new IOException("pod " + pod + " can't be reached: " + ApiProblems.reason(e), e);
    }
  }

  @Override
  public String ending(int copy) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_ENDING.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<Pod> pod = pods().stream().filter(its -> copy(its) == copy).findFirst();
      Optional<String> end = pod.isEmpty() ? Optional.of("its pod is gone") : PodEnd.of(pod.get());
      if (end.isPresent()) {
        return end.get();
      }
      Thread.sleep(LOOK);
    }
    return "its pod still runs";
  }

  /** Also where the thread was interrupted: that is when it is needed most. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      remove();
    } catch (InterruptedException e) {
      interrupted = true; // asked a second time: Kubernetes goes on removing it
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void remove() throws InterruptedException {
    var outage = new Outage(InstantSource.system(), LONGEST_OUTAGE);
    outage.survive(this::delete, progress);
    long deadline = System.nanoTime() + LONGEST_REMOVAL.toNanos();
    while (outage.survive(this::read, progress).isPresent()) {
      if (System.nanoTime() > deadline) {
        throw Code.JOB_BLOCKED.problem(
            "Job " + job.name() + " is still there",
            "It was removed a minute ago; something holds it or one of its pods.",
            site.byHand("describe job " + job.name()));
      }
      Thread.sleep(LOOK);
    }
  }

  private List<StatusDetails> delete() {
    return site.ask(
        "remove Job " + job.name(),
        client ->
            client
                .batch()
                .v1()
                .jobs()
                .inNamespace(site.namespace())
                .withName(job.name())
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete());
  }

  Optional<Job> read() {
    return site.ask(
        "read Job " + job.name(),
        client ->
            Optional.ofNullable(
                client
                    .batch()
                    .v1()
                    .jobs()
                    .inNamespace(site.namespace())
                    .withName(job.name())
                    .get()));
  }

  private List<Pod> pods() {
    return site.ask(
        "list the pods of Job " + job.name(),
        client ->
            client
                .pods()
                .inNamespace(site.namespace())
                .withLabel("batch.kubernetes.io/job-name", job.name())
                .list()
                .getItems());
  }

  static int copy(Pod pod) {
    return Integer.parseInt(
        pod.getMetadata()
            .getAnnotations()
            .getOrDefault("batch.kubernetes.io/job-completion-index", "0"));
  }

  private RuntimeException gone() {
    return Code.JOB_FAILED.problem(
        "Job " + job.name() + " is gone, or its pod is",
        "Somebody else removed it, or its time was over.",
        "Run the command again.");
  }
}
