package dev.mlops.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.platform.Digest;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The content-addressed files of an OCI image layout. What does not match its address is refused.
 */
record Blobs(Path layout) {
  static final ObjectMapper JSON = new ObjectMapper();

  /** As registries do: manifests and configs above it are somebody's mistake or malice. */
  private static final long MOST_JSON_BYTES = 4 << 20;

  Path path(Digest digest) {
    return layout.resolve("blobs").resolve("sha256").resolve(digest.hex());
  }

  JsonNode json(Digest digest) {
    try {
      Path file = path(digest);
      if (Files.size(file) > MOST_JSON_BYTES) {
        throw damaged("the document " + digest.brief() + " is larger than any image's", null);
      }
      byte[] bytes = Files.readAllBytes(file);
      if (!Digest.of(bytes).equals(digest)) {
        throw damaged("the content of " + digest.brief() + " is not what its name says", null);
      }
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw damaged("the document " + digest.brief() + " can't be read", e);
    }
  }

  MlopsException damaged(String why, Throwable cause) {
    String message = "The image in " + layout + " is not whole";
    String because = Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".";
    String next = "Build it again: mlops build";
    return cause == null
        ? Code.IMAGE_DAMAGED.problem(message, because, next)
        : Code.IMAGE_DAMAGED.problem(message, because, next, cause);
  }
}
