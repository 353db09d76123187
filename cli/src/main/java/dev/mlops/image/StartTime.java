package dev.mlops.image;

import dev.mlops.platform.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How soon the service is ready with the user's own model, on this machine. Measured once and kept,
 * as a label of the image is made of it: equal inputs are to give an equal digest.
 */
record StartTime(Ingredients.Linked runtime, ServiceFiles service, BuildCache cache) {
  private static final String MILLIS = "millis";

  /**
   * @param aot the start-up cache that the image has, if any
   * @param model the artifact's folder
   * @param key hash of what is in it
   * @return empty if it does not get ready here, which is told and no reason to fail: the image may
   *     be meant for another environment
   */
  Optional<Duration> measured(
      Optional<StartCache> aot, Path model, Digest key, Consumer<String> progress)
      throws InterruptedException {
    String start = aot.map(cached -> cached.folder().getFileName().toString()).orElse("");
    String all =
        Digest.of(
                String.join(
                    " ",
                    service.key().value(),
                    runtime.key().value(),
                    start,
                    key.value(),
                    Entrypoint.JVM_FLAGS.toString()))
            .hex();
    try {
      Path folder = cache.get("start", all, made -> measure(made, aot, model, progress));
      return Optional.of(
          Duration.ofMillis(Long.parseLong(Files.readString(folder.resolve(MILLIS)))));
    } catch (IOException e) {
      progress.accept("How soon the service is ready can't be measured: " + e.getMessage());
      return Optional.empty();
    }
  }

  private void measure(Path made, Optional<StartCache> aot, Path model, Consumer<String> progress)
      throws IOException, InterruptedException {
    progress.accept("Measuring how soon the service is ready");
    String java = runtime.folder().resolve("bin/java").toString();
    Entrypoint entrypoint = new Entrypoint(java, service.classPath(), false);
    List<String> flags = aot.map(cached -> "-XX:AOTCache=" + cached.file()).stream().toList();
    Duration time = new Start(service.folder(), model).measure(entrypoint.arguments(flags));
    Files.writeString(made.resolve(MILLIS), Long.toString(time.toMillis()));
  }
}
