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
      Optional<byte[]> content = find(layer, path.substring(1));
      if (content.isPresent()) {
        return content;
      }
    }
    return Optional.empty();
  }

  private Optional<byte[]> find(JsonNode layer, String name) throws IOException {
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
}
