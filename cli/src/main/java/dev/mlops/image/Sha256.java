package dev.mlops.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.platform.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Content addresses of bytes, files and folders. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest algorithm() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static Digest of(byte[] bytes) {
    MessageDigest algorithm = algorithm();
    algorithm.update(bytes);
    return digest(algorithm);
  }

  static Digest of(String text) {
    return of(text.getBytes(UTF_8));
  }

  static Digest ofFile(Path file) throws IOException {
    MessageDigest algorithm = algorithm();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), algorithm)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return digest(algorithm);
  }

  /** Of the lines {@code <hex> <path>}, sorted by path: names and contents, not times. */
  static Digest ofFolder(Path folder) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Path file : FileTree.files(folder)) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      lines.append(ofFile(file).hex()).append("  ").append(name).append('\n');
    }
    return of(lines.toString());
  }

  static Digest digest(MessageDigest algorithm) {
    return new Digest("sha256:" + HexFormat.of().formatHex(algorithm.digest()));
  }
}
