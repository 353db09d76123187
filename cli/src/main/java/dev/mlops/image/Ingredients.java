package dev.mlops.image;

import dev.mlops.platform.Digest;
import dev.mlops.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What goes into one image, but for its base.
 *
 * @param runtime absent where the base brings Java
 * @param model hash of the artifact's folder
 */
record Ingredients(
    ImageSpec spec, ServiceFiles service, Optional<Linked> runtime, Optional<Digest> model) {
  /** Changes whenever the same ingredients come to be put together in another way. */
  private static final String RECIPE = "1";

  /**
   * @param folder in the cache
   */
  record Linked(JavaRuntime source, Path folder, Digest key) {}

  /** Makes what is not in the cache yet. */
  static Ingredients gather(
      ImageSpec spec,
      JavaRuntime source,
      Machine machine,
      BuildCache cache,
      Consumer<String> progress)
      throws InterruptedException {
    Optional<Digest> model = model(spec);
    ServiceFiles service = ServiceFiles.stage(ServiceParts.of(spec), machine, cache);
    Optional<Linked> runtime =
        machine.isLinux()
            ? Optional.of(new Linked(source, source.link(cache, progress), source.key()))
            : Optional.empty();
    return new Ingredients(spec, service, runtime, model);
  }

  /** Empty if something of it is not in the cache. */
  static Optional<Ingredients> find(
      ImageSpec spec, JavaRuntime source, Machine machine, BuildCache cache) {
    Optional<ServiceFiles> service = ServiceFiles.find(ServiceParts.of(spec), machine, cache);
    Optional<Linked> runtime =
        source.find(cache).map(folder -> new Linked(source, folder, source.key()));
    return service
        .filter(_ -> runtime.isPresent() || !machine.isLinux())
        .map(files -> new Ingredients(spec, files, runtime, model(spec)));
  }

  /** Where the programs are that need a C library. */
  List<Path> programs() {
    List<Path> folders = new ArrayList<>();
    runtime.ifPresent(linked -> folders.add(linked.folder()));
    folders.add(service.folder().resolve(ServiceFiles.NATIVE));
    return folders;
  }

  /** Equal for images that are made of the same in the same way. */
  Digest hash(Base base) {
    try {
      return Digest.of(
          String.join(
              "\n",
              RECIPE,
              spec.name(),
              service.key().value(),
              runtime.map(linked -> linked.key().value()).orElse(""),
              base.identity(),
              model.map(Digest::value).orElse(""),
              training().map(Digest::value).orElse(""),
              spec.environment().toString(),
              spec.labels().toString(),
              Entrypoint.JVM_FLAGS.toString(),
              Entrypoint.TRAINING_FLAGS.toString(),
              Entrypoint.LOAD_FLAGS.toString()));
    } catch (IOException e) {
      throw Code.IMAGE_BASE.problem(
          "Can't read what the base is made of", "", "Look at the cause below", e);
    }
  }

  /** Hash of the training's folder. */
  Optional<Digest> training() {
    return spec.training().map(Ingredients::hashOf);
  }

  private static Optional<Digest> model(ImageSpec spec) {
    return spec.artifact().map(Ingredients::hashOf);
  }

  private static Digest hashOf(Path artifact) {
    try {
      if (!Files.isDirectory(artifact)) {
        throw new NoSuchFileException(artifact.toString());
      }
      return Digest.ofFolder(artifact);
    } catch (IOException e) {
      throw Code.IMAGE_INPUT.problem(
          "The model can't be read from " + artifact,
          e instanceof NoSuchFileException ? "There is no such folder." : "",
          "Train it: mlops train",
          e);
    }
  }
}
