package dev.mlops.ci;

import dev.mlops.platform.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * The tool as it is released: the same files give the same bytes, so that an installation knows the
 * checksum of the archive that it came in.
 *
 * @param home {@code bin/}, {@code lib/}, {@code service/}
 */
record ReleaseArchive(Path home, String version) {
  private static final List<String> FOLDERS = List.of("bin", "lib", "service");

  /** The archives reach back to no earlier day. */
  private static final FileTime TIME = FileTime.fromMillis(1_767_225_600_000L);

  private static final int EXECUTABLE = 0100755;
  private static final int PLAIN = 0100644;

  /**
   * Writes {@code mlops-VERSION.tar.gz} and {@code .zip}, and {@code SHA256SUMS} beside them.
   *
   * @param args the installation, the version, the folder to write to
   */
  public static void main(String[] args) throws IOException {
    var archive = new ReleaseArchive(Path.of(args[0]), args[1]);
    archive.write(Path.of(args[2]));
  }

  /** Of the tar, in hexadecimal: how well it is compressed does not matter. */
  String checksum() throws IOException {
    MessageDigest sha256 = Digest.sha256();
    try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), sha256)) {
      tar(out);
    }
    return Digest.of(sha256).hex();
  }

  /** Changes when one of the files does: names, sizes, times. */
  String state() throws IOException {
    StringBuilder lines = new StringBuilder(version);
    for (Path file : files()) {
      lines
          .append(name(file))
          .append(' ')
          .append(Files.size(file))
          .append(' ')
          .append(Files.getLastModifiedTime(file).toMillis())
          .append('\n');
    }
    return Digest.of(lines.toString()).hex();
  }

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path tar = folder.resolve("mlops-" + version + ".tar.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(tar))) {
      tar(out);
    }
    Path zip = folder.resolve("mlops-" + version + ".zip");
    zip(zip);
    StringBuilder sums = new StringBuilder();
    for (Path file : List.of(tar, zip)) {
      sums.append(Digest.ofFile(file).hex()).append("  ").append(file.getFileName()).append('\n');
    }
    Files.writeString(folder.resolve("SHA256SUMS"), sums);
  }

  private void tar(OutputStream out) throws IOException {
    try (var tar = new TarArchiveOutputStream(out)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Path file : files()) {
        var entry = new TarArchiveEntry(name(file));
        entry.setSize(Files.size(file));
        entry.setMode(mode(file));
        entry.setLastModifiedTime(TIME);
        tar.putArchiveEntry(entry);
        Files.copy(file, tar);
        tar.closeArchiveEntry();
      }
    }
  }

  private void zip(Path to) throws IOException {
    try (var zip = new ZipArchiveOutputStream(to)) {
      for (Path file : files()) {
        var entry = new ZipArchiveEntry(name(file));
        entry.setUnixMode(mode(file));
        entry.setLastModifiedTime(TIME);
        zip.putArchiveEntry(entry);
        Files.copy(file, zip);
        zip.closeArchiveEntry();
      }
    }
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : FOLDERS) {
      if (Files.isDirectory(home.resolve(folder))) {
        try (Stream<Path> walk = Files.walk(home.resolve(folder))) {
          walk.filter(Files::isRegularFile).forEach(files::add);
        }
      }
    }
    return files.stream().sorted((a, b) -> name(a).compareTo(name(b))).toList();
  }

  private String name(Path file) {
    return "mlops-" + version + "/" + home.relativize(file).toString().replace('\\', '/');
  }

  private static int mode(Path file) {
    Path folder = file.getParent();
    boolean isLauncher = folder != null && folder.endsWith("bin");
    return isLauncher ? EXECUTABLE : PLAIN;
  }
}
