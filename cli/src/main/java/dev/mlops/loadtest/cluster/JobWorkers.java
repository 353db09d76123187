package dev.mlops.loadtest.cluster;

import dev.mlops.image.BuiltImage;
import dev.mlops.image.ImageBuilder;
import dev.mlops.image.ImageSpec;
import dev.mlops.loadtest.Crew;
import dev.mlops.loadtest.Worker;
import dev.mlops.platform.Digest;
import dev.mlops.platform.Jobs;
import dev.mlops.platform.Platform;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Workers as the copies of a job of the platform; see docs/decisions/load-workers.md.
 *
 * @param image the tool's own, that puts load on a service
 * @param layout where the image is written
 */
public record JobWorkers(Platform platform, ImageBuilder builder, ImageSpec image, Path layout)
    implements Crew.Start {
  /** A worker is one thread; the limit is for 20,000 connections and their histograms. */
  private static final Map<String, String> REQUESTS = Map.of("cpu", "250m", "memory", "256Mi");

  private static final Map<String, String> LIMITS = Map.of("memory", "512Mi");

  @Override
  public URI nearby(URI endpoint) {
    return platform.jobs().nearby(endpoint);
  }

  @Override
  public Crew start(int count, Duration longest, Consumer<String> progress)
      throws IOException, InterruptedException {
    Jobs.Running job = platform.jobs().start(job(publish(progress), count, longest), progress);
    JobCrew crew = new JobCrew(job);
    try {
      awaitAll(job, count, progress);
      for (int copy = 0; copy < count; copy++) {
        crew.connect(copy);
      }
      return crew;
    } catch (IOException | RuntimeException | InterruptedException e) {
      crew.close();
      throw e;
    }
  }

  private Digest publish(Consumer<String> progress) throws InterruptedException {
    Optional<BuiltImage> there = builder.find(image, layout);
    BuiltImage built = there.isPresent() ? there.get() : builder.build(image, layout, progress);
    if (!platform.images().has(built.digest())) {
      platform.images().publish(layout, built.digest(), progress);
    }
    return built.digest();
  }

  /** Each run has its own: what a killed one left ends by itself, and is not to be picked up. */
  private Jobs.Spec job(Digest digest, int count, Duration longest) {
    String run = UUID.randomUUID().toString().substring(0, 8);
    return new Jobs.Spec(
        image.name() + "-load-" + run,
        digest,
        List.of("$(" + Jobs.PORT + ")"),
        Map.of(),
        count,
        true,
        new Jobs.Room(REQUESTS, LIMITS, Optional.empty(), longest));
  }

  private static void awaitAll(Jobs.Running job, int count, Consumer<String> progress)
      throws InterruptedException {
    Set<Integer> listening = new HashSet<>();
    progress.accept("waiting for " + count + " workers");
    job.follow(line -> {
      if (line.text().equals(Worker.LISTENING) && listening.add(line.copy())) {
        progress.accept("%d of %d workers are there".formatted(listening.size(), count));
      }
      return listening.size() < count;
    });
  }
}
