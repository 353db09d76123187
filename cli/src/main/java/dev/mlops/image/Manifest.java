package dev.mlops.image;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.platform.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The manifest of an image, or an index of several, as the bytes that its digest is of. */
final class Manifest {
  private static final String OCI = "application/vnd.oci.image.manifest.v1+json";

  private final byte[] bytes;
  private final JsonNode json;
  private final String sentAs;

  /**
   * @param sentAs the media type that came with it; may be empty
   */
  Manifest(byte[] bytes, String sentAs) throws IOException {
    this.bytes = bytes.clone();
    this.json = Blobs.JSON.readTree(bytes);
    this.sentAs = sentAs;
  }

  JsonNode json() {
    return json;
  }

  Digest digest() {
    return Digest.of(bytes);
  }

  int size() {
    return bytes.length;
  }

  /** As it says itself, or as it was sent. */
  String mediaType() {
    return json.path("mediaType").asText(sentAs.isEmpty() ? OCI : sentAs);
  }

  void write(Path file) throws IOException {
    Files.write(file, bytes);
  }
}
