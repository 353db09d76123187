package dev.mlops.loadtest.cluster;

import dev.mlops.loadtest.Crew;
import dev.mlops.loadtest.WorkerLink;
import dev.mlops.platform.Jobs;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The workers of one job. */
final class JobCrew implements Crew {
  /** A worker says something each second: after this long its node or the way there is lost. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Jobs.Running job;
  private final List<CopyLink> links = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  JobCrew(Jobs.Running job) {
    this.job = job;
  }

  void connect(int copy) throws IOException {
    links.add(new CopyLink(job, copy, job.connect(copy, PATIENCE)));
  }

  @Override
  public List<WorkerLink> workers() {
    return List.copyOf(links);
  }

  /** Workers end with their connections: so the job's removal need not wait for them. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      links.forEach(CopyLink::close);
      job.close();
    }
  }
}
