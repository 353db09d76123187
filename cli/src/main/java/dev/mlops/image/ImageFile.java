package dev.mlops.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** One file of an image, read without unpacking the rest. */
record ImageFile(Blobs blobs, JsonNode manifest) {
  /** What is wanted of an image is a few kilobytes; more is somebody's mistake or malice. */
  private static final int MOST_BYTES = 16 << 20;

  /**
   * @param path absolute
   */
  Optional<byte[]> read(String path) throws IOException {
    List<JsonNode> layers = new ArrayList<>();
    manifest.path("layers").forEach(layers::add);
    for (JsonNode layer : layers.reversed()) {
      Optional<byte[]> content = find(blobs, layer, path);
      if (content.isPresent()) {
        return content;
      }
    }
    return Optional.empty();
  }

  /**
   * @param layer its descriptor, as the manifest has it
   * @param path absolute
   */
  static Optional<byte[]> find(Blobs blobs, JsonNode layer, String path) throws IOException {
    String name = path.substring(1);
    try (InputStream file = Files.newInputStream(blobs.path(OciLayout.digestOf(layer)));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                LayerUnpacker.decompress(
                    new BufferedInputStream(file), layer.path("mediaType").asText()),
                "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile() && entry.getName().replaceFirst("^\\.?/", "").equals(name)) {
          return Optional.of(tar.readNBytes(MOST_BYTES));
        }
      }
      return Optional.empty();
    }
  }

  /**
   * As a container would take a path.
   *
   * @param path absolute, or from the working folder
   */
  static String absolute(String workingDir, String path) {
    return path.startsWith("/") ? path : workingDir.replaceFirst("/*$", "/") + path;
  }
}
