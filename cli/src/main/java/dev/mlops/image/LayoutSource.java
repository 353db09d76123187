package dev.mlops.image;

import dev.mlops.platform.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads from an OCI image layout; its `index.json` has every tag. */
record LayoutSource(Blobs blobs) implements BlobSource {
  @Override
  public Manifest manifest(String version) throws IOException {
    Path file =
        version.startsWith("sha256:")
            ? blobs.path(new Digest(version))
            : blobs.layout().resolve(OciLayout.INDEX);
    byte[] bytes = read(file);
    Manifest manifest = new Manifest(bytes, "");
    if (version.startsWith("sha256:") && !manifest.digest().value().equals(version)) {
      throw blobs.damaged("the content of " + version + " is not what its name says", null);
    }
    return manifest;
  }

  @Override
  public void fetch(Digest blob, Path file) throws IOException {
    if (!Files.isReadable(blobs.path(blob))) {
      throw blobs.damaged(blob + " is not in it", null);
    }
    Files.copy(blobs.path(blob), file);
    if (!Digest.ofFile(file).equals(blob)) {
      throw blobs.damaged("the content of " + blob.brief() + " is not what its name says", null);
    }
  }

  private byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw blobs.damaged(blobs.layout().relativize(file) + " can't be read", e);
    }
  }
}
