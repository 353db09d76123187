package dev.mlops.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A content address, {@code sha256:} and 64 hex digits. */
public record Digest(String value) {
  private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

  public Digest {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a digest: " + value);
    }
  }

  public static Digest of(byte[] bytes) {
    MessageDigest sha256 = sha256();
    sha256.update(bytes);
    return of(sha256);
  }

  public static Digest of(String text) {
    return of(text.getBytes(UTF_8));
  }

  /** Of all that was fed to a {@link #sha256}. */
  public static Digest of(MessageDigest sha256) {
    return new Digest("sha256:" + HexFormat.of().formatHex(sha256.digest()));
  }

  /** Reads the file in pieces. */
  public static Digest ofFile(Path file) throws IOException {
    MessageDigest sha256 = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return of(sha256);
  }

  /** Of the lines {@code <hex> <path>}, sorted by path: names and contents, not times. */
  public static Digest ofFolder(Path folder) throws IOException {
    StringBuilder lines = new StringBuilder();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      lines.append(ofFile(file).hex()).append("  ").append(name).append('\n');
    }
    return of(lines.toString());
  }

  /** The algorithm, for bytes that come in pieces. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The first twelve hex digits, as people read them. */
  public String brief() {
    return hex().substring(0, 12);
  }

  public String hex() {
    return value.substring("sha256:".length());
  }

  @Override
  public String toString() {
    return value;
  }
}
