package dev.mlops.image;

import dev.mlops.platform.Digest;
import dev.mlops.platform.Release;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Writes an image as a folder, and the bill of materials beside it. */
record LayoutWriter(Ingredients ingredients, Machine machine, BuildCache cache) {
  private static final String HOME = ImageAssembly.WORKING_DIRECTORY;
  private static final String MODEL = "model";
  private static final String DEFAULT_PORT = "8000";

  BuiltImage write(Base base, Path target, Consumer<String> progress) throws InterruptedException {
    try (WorkFolder work = WorkFolder.beside(target)) {
      Optional<StartCache> start = startCache(progress);
      Path archive = work.path().resolve("image.tar");
      progress.accept("Putting the image together");
      assembly(base, start, startTime(start, progress))
          .write(ingredients.spec().name(), archive, progress);
      Path layout = Files.createDirectory(work.path().resolve("layout"));
      LayoutArchive.unpack(archive, layout);
      BuiltImage image = OciLayout.open(layout).image();
      bill(base, image).write(billOf(target));
      FileTree.replace(layout, target);
      return image;
    } catch (IOException e) {
      throw DiskFaults.isOfDisk(e, target)
          ? DiskFaults.writing(target, e)
          : DiskFaults.reading(ingredients.spec().program(), e);
    }
  }

  static Path billOf(Path layout) {
    return layout.resolveSibling(layout.getFileName() + ".cdx.json");
  }

  private Optional<StartCache> startCache(Consumer<String> progress) throws InterruptedException {
    return switch (ingredients.spec().purpose()) {
      case Purpose.Serve _ when ingredients.runtime().isPresent() ->
          StartCache.get(ingredients.service(), ingredients.runtime().get(), cache, progress);
      case Purpose.Serve _, Purpose.Train _, Purpose.Load _ -> Optional.empty();
    };
  }

  /**
   * With the user's model; with the sample that the start-up cache was made with if it has none.
   */
  private Optional<Duration> startTime(Optional<StartCache> start, Consumer<String> progress)
      throws IOException, InterruptedException {
    Optional<Digest> model = ingredients.model();
    if (ingredients.runtime().isEmpty() || model.isEmpty()) {
      return start.map(StartCache::startTime);
    }
    return new StartTime(ingredients.runtime().get(), ingredients.service(), cache)
        .measured(start, stagedModel(), model.get(), progress);
  }

  private ImageAssembly assembly(
      Base base, Optional<StartCache> start, Optional<Duration> startTime)
      throws IOException, InterruptedException {
    ImageAssembly assembly = new ImageAssembly(base, machine, cache.root());
    for (ImageLayer layer : layers(base, start)) {
      assembly.layer(layer);
    }
    var entrypoint =
        new Entrypoint(base.java(), ingredients.service().classPath(), start.isPresent());
    List<String> command =
        switch (ingredients.spec().purpose()) {
          case Purpose.Serve _ -> entrypoint.arguments();
          case Purpose.Train _ -> entrypoint.training();
          case Purpose.Load _ -> entrypoint.load();
        };
    return assembly.run(command, environment()).labels(labels(base, startTime));
  }

  /** From what changes least to what changes most. */
  private List<ImageLayer> layers(Base base, Optional<StartCache> start)
      throws IOException, InterruptedException {
    Path service = ingredients.service().folder();
    List<ImageLayer> layers = new ArrayList<>();
    if (base instanceof Base.Host host) {
      layers.add(HostBase.layer(host, cache));
    }
    if (ingredients.runtime().isPresent()) {
      Path runtime = ingredients.runtime().get().folder();
      layers.add(
          new ImageLayer(ImageLabels.RUNTIME_LAYER, ImageLayer.tree(runtime, JavaRuntime.HOME)));
    }
    layers.add(
        new ImageLayer(
            ImageLabels.LIBRARIES_LAYER,
            Stream.of(ServiceParts.LIBRARIES, ServiceFiles.NATIVE)
                .flatMap(folder ->
                    ImageLayer.tree(service.resolve(folder), HOME + "/" + folder).stream())
                .toList()));
    layers.add(
        new ImageLayer(
            ImageLabels.SERVICE_LAYER,
            List.of(
                ImageLayer.file(
                    service.resolve(ingredients.service().jar()),
                    HOME + "/" + ingredients.service().jar()))));
    if (start.isPresent()) {
      ImageLayer.Entry file = ImageLayer.file(start.get().file(), HOME + "/" + Entrypoint.AOT_FILE);
      layers.add(new ImageLayer(ImageLabels.AOT_LAYER, List.of(file)));
    }
    if (ingredients.model().isPresent()) {
      layers.add(
          new ImageLayer(
              ImageLabels.MODEL_LAYER, ImageLayer.tree(stagedModel(), HOME + "/" + MODEL)));
    }
    if (ingredients.training().isPresent()) {
      Path files = staged(ingredients.spec().training().get(), ingredients.training().get());
      layers.add(
          new ImageLayer(ImageLabels.TRAINING_LAYER, ImageLayer.tree(files, ImageSpec.TRAINING)));
    }
    return layers;
  }

  private Path stagedModel() throws IOException, InterruptedException {
    return staged(ingredients.spec().artifact().orElseThrow(), ingredients.model().orElseThrow());
  }

  /**
   * A copy under the name of its content: Jib knows a layer again by its files' paths and times,
   * and two models may well have both in common.
   */
  private Path staged(Path artifact, Digest content) throws IOException, InterruptedException {
    return cache.get(
        "model",
        content.hex(),
        folder -> {
          for (Path file : FileTree.files(artifact)) {
            Path copy = folder.resolve(artifact.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
          }
          FileTree.stamp(folder);
        });
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("LANG", "C.UTF-8");
    environment.put("MODEL_DIR", MODEL);
    environment.put("PORT", DEFAULT_PORT);
    environment.putAll(ingredients.spec().environment());
    return environment;
  }

  private Map<String, String> labels(Base base, Optional<Duration> startTime) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("org.opencontainers.image.title", ingredients.spec().name());
    labels.put("org.opencontainers.image.created", FileTree.TIME.toString());
    labels.put(ImageLabels.BASE, base.sentence());
    labels.put(ImageLabels.BASE_KIND, base.kind());
    labels.put(ImageLabels.INPUTS, ingredients.hash(base).value());
    startTime.ifPresent(
        time -> labels.put(ImageLabels.START_MILLIS, Long.toString(time.toMillis())));
    ingredients.model().ifPresent(digest -> labels.put(Release.MODEL, digest.value()));
    labels.putAll(ingredients.spec().labels());
    return labels;
  }

  private BillOfMaterials bill(Base base, BuiltImage image) throws IOException {
    BillOfMaterials bill =
        new BillOfMaterials(ingredients.spec().name(), image.digest()).base(base);
    ingredients.runtime().ifPresent(runtime -> bill.runtime(runtime.source().release()));
    for (String jar : ingredients.service().classPath()) {
      bill.jar(ingredients.service().folder().resolve(jar));
    }
    return bill;
  }
}
