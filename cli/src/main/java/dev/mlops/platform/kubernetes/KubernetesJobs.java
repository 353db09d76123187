package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Jobs;
import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Jobs of the batch API. */
record KubernetesJobs(Site site) implements Jobs {
  private static final Duration LOOK = Duration.ofMillis(300);
  private static final int CONFLICT = 409;
  private static final int NO_ANSWER = 0;

  @Override
  public Running start(Jobs.Spec wanted, Consumer<String> progress) throws InterruptedException {
    new Namespaces(site).ensure(progress);
    var running = new RunningJob(site, wanted, progress);
    while (true) {
      Optional<Job> there = running.read();
      if (there.isEmpty() && create(running)) {
        return running;
      }
      if (there.isPresent()) {
        requireOurs(there.get());
        if (JobState.isUnderWay(there.get())) {
          progress.accept("picking up Job " + wanted.name() + ", which is under way");
          return running;
        }
        running.close(); // its pods have ended, and what they made went with them
      }
      Thread.sleep(LOOK);
    }
  }

  /** By its Service: a load balancer's address may lead out of the cluster and in again. */
  @Override
  public URI nearby(URI endpoint) {
    return site.main().stream()
        .flatMap(main -> new Addresses(site).services(main).stream())
        .map(Addresses::within)
        .findFirst()
        .orElse(endpoint);
  }

  /** False if another one was quicker. */
  private boolean create(RunningJob running) {
    Job job = new JobManifest(site, running.job()).build();
    try {
      site.cluster().client().resource(job).create();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT) {
        return false;
      }
      if (e.getCode() == NO_ANSWER) {
        running.close(); // an interrupted request may have been granted all the same
      }
      throw ApiProblems.of(site.cluster(), "make Job " + running.job().name(), e);
    }
  }

  private void requireOurs(Job job) {
    var labels = job.getMetadata().getLabels();
    var ours = site.settings().owner().labels();
    if (labels == null || !labels.entrySet().containsAll(ours.entrySet())) {
      throw Code.JOB_BLOCKED.problem(
          "Job " + job.getMetadata().getName() + " is there already, and not ours",
          "It lacks the labels of this project and environment.",
          site.byHand("describe job " + job.getMetadata().getName()));
    }
  }
}
