package dev.mlops.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Digest;
import dev.mlops.problem.Code;
import dev.mlops.problem.DiskFaults;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** Brings an image that somebody else built to a layout on disk, byte by byte what it was. */
public final class ImagePuller {
  private final Machine machine = Machine.here();
  private final boolean plainHttp;
  private final boolean anyMachine;
  private final Optional<Login> login;

  /**
   * @param plainHttp http may be spoken, if the registry does; loopback addresses need no leave
   */
  public ImagePuller(boolean plainHttp) {
    this(plainHttp, false, Optional.empty());
  }

  private ImagePuller(boolean plainHttp, boolean anyMachine, Optional<Login> login) {
    this.plainHttp = plainHttp;
    this.anyMachine = anyMachine;
    this.login = login;
  }

  /**
   * For images that are passed on, not run here.
   *
   * @param login in place of the user's own credentials
   */
  static ImagePuller ofAnyMachine(boolean plainHttp, Optional<Login> login) {
    return new ImagePuller(plainHttp, true, login);
  }

  /**
   * Of an image for several platforms, the one for Linux on this machine's processor is taken.
   *
   * @param source a reference, or the path of an OCI layout: a folder, or a tar archive of one
   * @param layout replaced as a whole
   */
  public OciLayout pull(String source, Path layout, Consumer<String> progress)
      throws InterruptedException {
    try (WorkFolder work = WorkFolder.beside(layout)) {
      Path made = Files.createDirectory(work.path().resolve("layout"));
      Optional<Path> local = existing(source);
      if (local.isPresent()) {
        copy(new LayoutSource(new Blobs(folder(local.get(), work.path()))), "", made, progress);
      } else {
        fetch(ImageReference.parse(source), made, progress);
      }
      FileTree.replace(made, layout);
      return OciLayout.open(layout);
    } catch (IOException e) {
      throw DiskFaults.isOfDisk(e, layout)
          ? DiskFaults.writing(layout, e)
          : new Blobs(Path.of(source))
              .damaged("it is not an OCI image layout, or a part of it is missing", e);
    }
  }

  /**
   * The digest of the image that {@link #pull} would bring. Reads only.
   *
   * @param source as for {@link #pull}
   */
  public Digest resolve(String source) throws InterruptedException {
    Optional<Path> local = existing(source);
    if (local.isPresent()) {
      return resolve(local.get());
    }
    ImageReference name = ImageReference.parse(source);
    try (RegistryHttp http = new RegistryHttp(name, "pull", plainHttp, login)) {
      Registry registry = new Registry(name, http);
      return forThisMachine(registry, registry.manifest(name.version())).digest();
    } catch (IOException e) {
      throw RegistryProblems.of(name, "read", e);
    }
  }

  private Digest resolve(Path local) throws InterruptedException {
    try (WorkFolder work =
        WorkFolder.beside(Path.of(System.getProperty("java.io.tmpdir"), "image"))) {
      LayoutSource layout = new LayoutSource(new Blobs(folder(local, work.path())));
      return forThisMachine(layout, layout.manifest("")).digest();
    } catch (IOException e) {
      throw new Blobs(local)
          .damaged("it is not an OCI image layout, or a part of it is missing", e);
    }
  }

  private static Optional<Path> existing(String source) {
    try {
      return Optional.of(Path.of(source)).filter(Files::exists);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Path folder(Path local, Path work) throws IOException {
    if (Files.isDirectory(local)) {
      return local;
    }
    Path unpacked = Files.createDirectory(work.resolve("archive"));
    LayoutArchive.unpack(local, unpacked);
    return unpacked;
  }

  private void fetch(ImageReference name, Path made, Consumer<String> progress)
      throws InterruptedException {
    try (RegistryHttp http = new RegistryHttp(name, "pull", plainHttp, login)) {
      copy(new Registry(name, http), name.version(), made, progress);
    } catch (IOException e) {
      throw DiskFaults.isOfDisk(e, made)
          ? DiskFaults.writing(made, e)
          : RegistryProblems.of(name, "read", e);
    }
  }

  private void copy(BlobSource source, String version, Path made, Consumer<String> progress)
      throws IOException, InterruptedException {
    Manifest manifest = forThisMachine(source, source.manifest(version));
    Blobs blobs = new Blobs(made);
    Files.createDirectories(blobs.path(manifest.digest()).getParent());
    manifest.write(blobs.path(manifest.digest()));
    Digest config = OciLayout.digestOf(manifest.json().path("config"));
    source.fetch(config, blobs.path(config));
    refuseOthers(blobs.json(config));
    for (JsonNode layer : manifest.json().path("layers")) {
      Digest digest = OciLayout.digestOf(layer);
      if (!Files.exists(blobs.path(digest))) {
        progress.accept(
            "Fetching " + digest.brief() + ", " + BuiltImage.size(layer.path("size").asLong()));
        source.fetch(digest, blobs.path(digest));
      }
    }
    index(manifest, made);
  }

  /** An index names one image for each platform, or further indexes. */
  private Manifest forThisMachine(BlobSource source, Manifest manifest)
      throws IOException, InterruptedException {
    JsonNode images = manifest.json().path("manifests");
    if (images.isMissingNode()) {
      return manifest;
    }
    JsonNode image =
        StreamSupport.stream(images.spliterator(), false)
            .filter(candidate -> images.size() == 1 || isForThisMachine(candidate.path("platform")))
            .findFirst()
            .orElseThrow(() -> wrongMachine("it has none for " + machine.architecture()));
    return forThisMachine(source, source.manifest(OciLayout.digestOf(image).value()));
  }

  private boolean isForThisMachine(JsonNode platform) {
    return platform.path("os").asText().equals("linux")
        && platform.path("architecture").asText().equals(machine.architecture());
  }

  private void refuseOthers(JsonNode config) {
    if (!anyMachine && !isForThisMachine(config)) {
      String made = config.path("os").asText() + "/" + config.path("architecture").asText();
      throw wrongMachine("it is for " + made);
    }
  }

  private MlopsException wrongMachine(String found) {
    return Code.IMAGE_ARCHITECTURE.problem(
        "The image can't run on this machine: " + found,
        "This one runs linux/" + machine.architecture() + ".",
        "Name an image that was built for it");
  }

  private static void index(Manifest manifest, Path layout) throws IOException {
    ObjectNode index = Blobs.JSON.createObjectNode().put("schemaVersion", 2);
    index
        .putArray("manifests")
        .addObject()
        .put("mediaType", manifest.mediaType())
        .put("digest", manifest.digest().value())
        .put("size", manifest.size());
    Files.write(layout.resolve(OciLayout.INDEX), Blobs.JSON.writeValueAsBytes(index));
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\": \"1.0.0\"}");
  }
}
