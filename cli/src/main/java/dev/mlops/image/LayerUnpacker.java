package dev.mlops.image;

import dev.mlops.platform.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** Lays one layer upon those before it. */
final class LayerUnpacker {
  private static final int BUFFER = 1 << 16;

  /** Prefix of a name that this layer takes away. */
  private static final String WHITEOUT = ".wh.";

  /** Takes away all that earlier layers had in the folder. */
  private static final String OPAQUE = ".wh..wh..opq";

  private final Blobs blobs;
  private final RootFolder root;

  LayerUnpacker(Blobs blobs, RootFolder root) {
    this.blobs = blobs;
    this.root = root;
  }

  void unpack(Digest layer, String mediaType) throws IOException {
    MessageDigest algorithm = Digest.sha256();
    try (InputStream file = Files.newInputStream(blobs.path(layer));
        DigestInputStream hashed =
            new DigestInputStream(new BufferedInputStream(file, BUFFER), algorithm)) {
      InputStream content = decompress(hashed, mediaType);
      try (TarArchiveInputStream tar = new TarArchiveInputStream(content, "UTF-8")) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          put(entry, tar);
        }
        // The archive ends before the file does; the rest counts for the digest too.
        hashed.transferTo(OutputStream.nullOutputStream());
      }
    }
    if (!Digest.of(algorithm).equals(layer)) {
      throw blobs.damaged(
          "the content of layer " + layer.brief() + " is not what its name says", null);
    }
  }

  static InputStream decompress(InputStream in, String mediaType) throws IOException {
    if (mediaType.endsWith("gzip")) {
      return new GZIPInputStream(in, BUFFER);
    }
    return mediaType.endsWith("zstd") ? new ZstdCompressorInputStream(in) : in;
  }

  private void put(TarArchiveEntry entry, InputStream content) throws IOException {
    String name = entry.getName();
    String last = name.substring(name.lastIndexOf('/') + 1);
    if (last.equals(OPAQUE)) {
      root.clear(name.substring(0, name.length() - last.length()));
    } else if (last.startsWith(WHITEOUT)) {
      String hidden = last.substring(WHITEOUT.length());
      root.remove(name.substring(0, name.length() - last.length()) + hidden);
    } else if (entry.isDirectory()) {
      root.folder(name, entry.getMode(), entry.getLastModifiedTime());
    } else if (entry.isSymbolicLink()) {
      root.link(name, entry.getLinkName());
    } else if (entry.isLink()) {
      root.hardLink(name, entry.getLinkName());
    } else if (entry.isFile()) {
      root.file(name, entry.getMode(), entry.getLastModifiedTime(), content);
    }
  }
}
