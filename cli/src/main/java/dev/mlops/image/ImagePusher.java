package dev.mlops.image;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.platform.Digest;
import dev.mlops.platform.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Brings an image from a layout to a registry: what is there already is not sent again. */
public final class ImagePusher implements Images {
  private final ImageReference name;
  private final boolean plainHttp;
  private final Optional<Login> login;

  /**
   * @param reference such as {@code registry.example.com/team/iris:v1}
   * @param plainHttp http may be spoken, if the registry does; loopback addresses need no leave
   */
  public ImagePusher(String reference, boolean plainHttp) {
    this(reference, plainHttp, Optional.empty());
  }

  /**
   * @param login in place of the user's own credentials
   */
  public ImagePusher(String reference, boolean plainHttp, Optional<Login> login) {
    this.name = ImageReference.parse(reference);
    this.plainHttp = plainHttp;
    this.login = login;
  }

  /** Where it goes, without tag or digest. */
  public String target() {
    return name.registry() + "/" + name.repository();
  }

  /** Whether the tag stands for this very image already. Reads only. */
  @Override
  public boolean has(Digest image) throws InterruptedException {
    try (RegistryHttp http = open()) {
      return new Registry(name, http).manifest(name.tag()).digest().equals(image);
    } catch (RegistryHttp.Refusal e) {
      if (e.status() == 404) {
        return false;
      }
      throw RegistryProblems.of(name, "read", e);
    } catch (IOException e) {
      throw RegistryProblems.of(name, "read", e);
    }
  }

  @Override
  public void fetch(Digest image, Path layout, Consumer<String> progress)
      throws InterruptedException {
    ImagePuller.ofAnyMachine(plainHttp, login).pull(target() + "@" + image, layout, progress);
  }

  @Override
  public Optional<byte[]> file(Digest image, String path) throws InterruptedException {
    try (RegistryHttp http = new RegistryHttp(name, "pull", plainHttp, login)) {
      return new RemoteFile(new Registry(name, http), image).read(path);
    } catch (IOException e) {
      throw RegistryProblems.of(name, "read", e);
    }
  }

  /**
   * Begins an upload and gives it up, which is all that a registry lets one ask. Returns if it may
   * go on.
   */
  public void tryPush() throws InterruptedException {
    try (RegistryHttp http = open()) {
      new Registry(name, http).tryUpload();
    } catch (IOException e) {
      throw RegistryProblems.of(name, "write", e);
    }
  }

  @Override
  public void publish(Path layout, Digest digest, Consumer<String> progress)
      throws InterruptedException {
    try (RegistryHttp http = open()) {
      Registry registry = new Registry(name, http);
      Blobs blobs = new Blobs(layout);
      for (Digest blob : contents(blobs.json(digest))) {
        if (!registry.has(blob)) {
          long size = Files.size(blobs.path(blob));
          progress.accept("Sending " + blob.brief() + ", " + BuiltImage.size(size));
          registry.upload(blob, blobs.path(blob));
        }
      }
      byte[] manifest = Files.readAllBytes(blobs.path(digest));
      String mediaType = new Manifest(manifest, "").mediaType();
      registry.publish(name.tag(), mediaType, manifest);
    } catch (IOException e) {
      throw RegistryProblems.of(name, "write", e);
    }
  }

  private RegistryHttp open() throws IOException, InterruptedException {
    return new RegistryHttp(name, "pull,push", plainHttp, login);
  }

  /** Layers first: a manifest is taken only when all it names is there. */
  private static List<Digest> contents(JsonNode manifest) {
    List<Digest> contents = new ArrayList<>();
    manifest.path("layers").forEach(layer -> contents.add(OciLayout.digestOf(layer)));
    contents.add(OciLayout.digestOf(manifest.path("config")));
    return contents;
  }
}
