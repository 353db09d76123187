package dev.mlops.image;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.platform.Digest;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** One image in an OCI image layout: a folder with `index.json`, `oci-layout` and `blobs/`. */
public final class OciLayout {
  static final String INDEX = "index.json";

  private final Blobs blobs;
  private final Digest digest;
  private final JsonNode manifest;
  private final JsonNode config;

  private OciLayout(Blobs blobs, Digest digest) {
    this.blobs = blobs;
    this.digest = digest;
    this.manifest = blobs.json(digest);
    this.config = blobs.json(digestOf(manifest.path("config")));
  }

  /**
   * Reads only.
   *
   * @return empty if there is none, as before the first build
   * @throws dev.mlops.problem.MlopsException as {@link #open} if there is something else
   */
  public static Optional<OciLayout> find(Path folder) {
    return Files.exists(folder.resolve(INDEX)) ? Optional.of(open(folder)) : Optional.empty();
  }

  /**
   * Reads only.
   *
   * @throws dev.mlops.problem.MlopsException if it is no layout, or holds another number of images
   *     than one, or its documents are not what their digests say
   */
  public static OciLayout open(Path folder) {
    Blobs blobs = new Blobs(folder);
    JsonNode index = index(blobs);
    JsonNode manifests = index.path("manifests");
    if (manifests.size() != 1) {
      throw blobs.damaged("it holds " + manifests.size() + " images where one is wanted", null);
    }
    try {
      return new OciLayout(blobs, digestOf(manifests.get(0)));
    } catch (IllegalArgumentException e) {
      throw blobs.damaged("a digest in it is none", e);
    }
  }

  private static JsonNode index(Blobs blobs) {
    try {
      return Blobs.JSON.readTree(Files.readAllBytes(blobs.layout().resolve(INDEX)));
    } catch (IOException e) {
      throw blobs.damaged(INDEX + " can't be read", e);
    }
  }

  static Digest digestOf(JsonNode descriptor) {
    return new Digest(descriptor.path("digest").asText());
  }

  /** The digest of the image's manifest. */
  public Digest digest() {
    return digest;
  }

  public BuiltImage image() {
    List<BuiltImage.Layer> layers = layers();
    long size = layers.stream().mapToLong(BuiltImage.Layer::sizeBytes).sum();
    Map<String, String> labels = labels();
    return new BuiltImage(
        digest,
        size,
        layers,
        labels.getOrDefault(ImageLabels.BASE, "not built by mlops"),
        Optional.ofNullable(labels.get(ImageLabels.START_MILLIS))
            .map(millis -> Duration.ofMillis(Long.parseLong(millis))));
  }

  public ImageConfig config() {
    JsonNode run = config.path("config");
    String workingDir = run.path("WorkingDir").asText("");
    return new ImageConfig(
        texts(run.path("Entrypoint")),
        texts(run.path("Cmd")),
        environment(run.path("Env")),
        workingDir.isEmpty() ? "/" : workingDir,
        run.path("User").asText(""),
        config.path("os").asText(),
        config.path("architecture").asText());
  }

  public Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    config
        .path("config")
        .path("Labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  /**
   * Writes the image's files below {@code rootfs} as a container would see them: layers in order,
   * what they take away taken away, modes and times kept. Owners and device files are left out, as
   * they need root. No link in it leads out of it. The folder appears whole or not at all; a former
   * one is replaced.
   */
  public void unpack(Path rootfs) {
    try (WorkFolder work = WorkFolder.beside(rootfs)) {
      Path root = Files.createDirectory(work.path().resolve("rootfs"));
      unpackLayers(root);
      FileTree.replace(root, rootfs);
    } catch (IOException e) {
      throw DiskFaults.isOfDisk(e, rootfs)
          ? DiskFaults.writing(rootfs, e)
          : blobs.damaged("a layer can't be read", e);
    }
  }

  /**
   * Makes a layout of the same image elsewhere, whole or not at all. Blobs are shared where the
   * file system can: nobody changes one, for its name is its content.
   */
  public void copyTo(Path layout) {
    try (WorkFolder work = WorkFolder.beside(layout)) {
      Path made = Files.createDirectory(work.path().resolve("layout"));
      for (Path file : FileTree.files(blobs.layout())) {
        Path copy = made.resolve(blobs.layout().relativize(file).toString());
        Files.createDirectories(copy.getParent());
        share(file, copy);
      }
      FileTree.replace(made, layout);
    } catch (IOException e) {
      throw DiskFaults.writing(layout, e);
    }
  }

  private static void share(Path file, Path copy) throws IOException {
    try {
      Files.createLink(copy, file);
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.copy(file, copy);
    }
  }

  /**
   * The content of a file as a container would see it.
   *
   * @param path absolute, or from the working folder
   */
  public Optional<byte[]> file(String path) {
    try {
      return new ImageFile(blobs, manifest).read(ImageFile.absolute(config().workingDir(), path));
    } catch (IOException e) {
      throw blobs.damaged("a layer can't be read", e);
    }
  }

  private void unpackLayers(Path root) throws IOException {
    RootFolder folder = new RootFolder(root);
    for (JsonNode layer : manifest.path("layers")) {
      new LayerUnpacker(blobs, folder).unpack(digestOf(layer), layer.path("mediaType").asText());
    }
    folder.finish();
  }

  /** Whether every layer is there and as long as it shall be; contents are not looked at. */
  public boolean isComplete() {
    return layers().stream().allMatch(layer -> size(layer.digest()) == layer.sizeBytes());
  }

  private long size(Digest layer) {
    try {
      return Files.size(blobs.path(layer));
    } catch (IOException e) {
      return -1;
    }
  }

  /** Layers and history run side by side, but for the steps of history that made no layer. */
  private List<BuiltImage.Layer> layers() {
    List<String> names =
        StreamSupport.stream(config.path("history").spliterator(), false)
            .filter(step -> !step.path("empty_layer").asBoolean())
            .map(step -> ImageLabels.layerName(step.path("comment").asText()))
            .toList();
    List<BuiltImage.Layer> layers = new ArrayList<>();
    for (JsonNode layer : manifest.path("layers")) {
      String name =
          layers.size() < names.size() ? names.get(layers.size()) : ImageLabels.BASE_LAYER;
      layers.add(new BuiltImage.Layer(name, digestOf(layer), layer.path("size").asLong()));
    }
    return layers;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static Map<String, String> environment(JsonNode array) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String entry : texts(array)) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        environment.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return environment;
  }
}
