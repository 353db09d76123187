package dev.mlops.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An OCI image layout in a tar file. */
final class LayoutArchive {
  private LayoutArchive() {}

  static void unpack(Path archive, Path layout) throws IOException {
    RootFolder folder = new RootFolder(layout);
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(file)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          folder.file(entry.getName(), 0644, entry.getLastModifiedTime(), tar);
        }
      }
    }
  }
}
