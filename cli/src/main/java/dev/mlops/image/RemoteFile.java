package dev.mlops.image;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.platform.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One file of an image in a registry. Layers are fetched from the topmost down until one has it:
 * what changes most, such as a model, lies on top.
 */
record RemoteFile(Registry registry, Digest image) {
  /**
   * @param path absolute, or from the working folder
   */
  Optional<byte[]> read(String path) throws IOException, InterruptedException {
    Path beside = Path.of(System.getProperty("java.io.tmpdir"), "image");
    try (WorkFolder work = WorkFolder.beside(beside)) {
      Blobs blobs = new Blobs(work.path());
      JsonNode manifest = registry.manifest(image.value()).json();
      Digest config = OciLayout.digestOf(manifest.path("config"));
      Files.createDirectories(blobs.path(config).getParent());
      registry.fetch(config, blobs.path(config));
      String workingDir = blobs.json(config).at("/config/WorkingDir").asText();
      return find(blobs, manifest, ImageFile.absolute(workingDir, path));
    }
  }

  private Optional<byte[]> find(Blobs blobs, JsonNode manifest, String path)
      throws IOException, InterruptedException {
    List<JsonNode> layers = new ArrayList<>();
    manifest.path("layers").forEach(layers::add);
    for (JsonNode layer : layers.reversed()) {
      Digest digest = OciLayout.digestOf(layer);
      registry.fetch(digest, blobs.path(digest));
      Optional<byte[]> content = ImageFile.find(blobs, layer, path);
      if (content.isPresent()) {
        return content;
      }
      Files.delete(blobs.path(digest));
    }
    return Optional.empty();
  }
}
