package dev.mlops.image;

import dev.mlops.platform.Digest;
import java.io.IOException;
import java.nio.file.Path;

/** Where an image's documents and layers are read from. */
interface BlobSource {
  /**
   * @param version a tag or a digest; of a digest the content is checked
   */
  Manifest manifest(String version) throws IOException, InterruptedException;

  /** Writes a blob to a new file; content that is not the digest's is refused. */
  void fetch(Digest blob, Path file) throws IOException, InterruptedException;
}
