package dev.mlops.image;

import dev.mlops.platform.Digest;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The AOT cache of an image (JEP 514): the service's classes as they are once loaded and linked. It
 * is made by a run of the service with the image's own runtime over a sample model, never the
 * user's: a new model must not change it.
 *
 * @param folder in the cache: {@code service.aot}, and how long the service takes to be ready
 */
record StartCache(Path folder) {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String READY_MILLIS = "with-millis";

  Path file() {
    return folder.resolve(Entrypoint.AOT_FILE);
  }

  /** From process start to ready, on the machine that made it. */
  Duration startTime() {
    try {
      return Duration.ofMillis(Long.parseLong(Files.readString(folder.resolve(READY_MILLIS))));
    } catch (IOException e) {
      throw DiskFaults.reading(folder, e);
    }
  }

  /**
   * @return empty if it can't be made: the image is whole without it, and says so
   */
  static Optional<StartCache> get(
      ServiceFiles service, Ingredients.Linked runtime, BuildCache cache, Consumer<String> progress)
      throws InterruptedException {
    String key = Digest.of(service.key() + " " + runtime.key() + " " + Entrypoint.JVM_FLAGS).hex();
    Trainer trainer = new Trainer(service, runtime.folder().resolve("bin/java").toString());
    try {
      Path folder = cache.get("aot", key, made -> trainer.make(made, progress));
      return Optional.of(new StartCache(folder));
    } catch (IOException e) {
      if (DiskFaults.isFull(e)) {
        throw DiskFaults.writing(cache.root(), e);
      }
      progress.accept(
          "The image goes without an AOT cache, so it starts more slowly: " + e.getMessage());
      return Optional.empty();
    }
  }

  static String request(Path data) throws IOException {
    return """
    {"name": "sample", "version": "1", "data": %s, "target": "kind", "task": "auto",
     "features": {}, "exclude": [],
     "algorithm": {"kind": "logistic-regression", "epochs": 5, "learningRate": 0.5,
                   "batchSize": 1, "seed": 1},
     "test": {"fraction": 0.2, "folds": 0}}
    """
        .formatted(Blobs.JSON.writeValueAsString(data.toString()));
  }

  private record Trainer(ServiceFiles service, String java) {
    void make(Path folder, Consumer<String> progress) throws IOException, InterruptedException {
      Path work = Files.createDirectory(folder.resolve("work"));
      progress.accept("Training a sample model");
      Path model = sampleModel(work);
      progress.accept("Warming up the service for its AOT cache");
      Path output = folder.resolve(Entrypoint.AOT_FILE);
      Entrypoint entrypoint = new Entrypoint(java, service.classPath(), true);
      ChildProcess.run(
          Start.with(entrypoint.arguments(List.of("-XX:AOTCacheOutput=" + output)), "warm"),
          service.folder(),
          Start.environment(model),
          LIMIT);
      Start start = new Start(service.folder(), model);
      // AOTMode=on makes the JVM give up where it would otherwise pass over a cache that is amiss.
      Duration with =
          start.measure(entrypoint.arguments(List.of("-XX:AOTMode=on", "-XX:AOTCache=" + output)));
      Duration without = start.measure(entrypoint.arguments(List.of()));
      FileTree.delete(work);
      Files.writeString(folder.resolve(READY_MILLIS), Long.toString(with.toMillis()));
      FileTree.stamp(folder);
      progress.accept(
          String.format(
              Locale.ROOT,
              "The service is ready %d ms after its start; %d ms without the AOT cache",
              with.toMillis(),
              without.toMillis()));
    }

    /** Of every kind of column, so that the code for each of them has run. */
    private Path sampleModel(Path work) throws IOException, InterruptedException {
      Path data = work.resolve("sample.csv");
      try (var in = StartCache.class.getResourceAsStream("sample.csv")) {
        Files.copy(in, data);
      }
      Path request = work.resolve("request.json");
      Files.writeString(request, request(data));
      Path model = work.resolve("model");
      Entrypoint entrypoint = new Entrypoint(java, service.classPath(), false);
      ChildProcess.run(
          Start.with(
              entrypoint.arguments(),
              "train",
              "--request",
              request.toString(),
              "--out",
              model.toString()),
          service.folder(),
          Map.of(),
          LIMIT);
      return model;
    }
  }
}
