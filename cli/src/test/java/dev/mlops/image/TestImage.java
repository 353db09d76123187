package dev.mlops.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.platform.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes OCI layouts entry by entry, as other tools do and as an attacker would. */
final class TestImage {
  static final Instant TIME = Instant.parse("2020-02-02T02:02:02Z");

  private final Path folder;
  private final List<String> layers = new ArrayList<>();
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

  TestImage(Path folder) {
    this.folder = folder;
  }

  TestImage file(String name, int mode, String content) {
    return put(entry(name, TarConstants.LF_NORMAL, mode), content.getBytes(UTF_8));
  }

  TestImage folder(String name, int mode) {
    return put(entry(name + "/", TarConstants.LF_DIR, mode), new byte[0]);
  }

  TestImage link(String name, String target) {
    TarArchiveEntry entry = entry(name, TarConstants.LF_SYMLINK, 0777);
    entry.setLinkName(target);
    return put(entry, new byte[0]);
  }

  TestImage hardLink(String name, String target) {
    TarArchiveEntry entry = entry(name, TarConstants.LF_LINK, 0644);
    entry.setLinkName(target);
    return put(entry, new byte[0]);
  }

  /** Ends the layer; what follows belongs to the next. */
  TestImage layer() {
    try {
      tar.close();
      ByteArrayOutputStream zipped = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
        gzip.write(bytes.toByteArray());
      }
      layers.add(descriptor("application/vnd.oci.image.layer.v1.tar+gzip", zipped.toByteArray()));
      bytes = new ByteArrayOutputStream();
      tar = new TarArchiveOutputStream(bytes, "UTF-8");
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param run the config's {@code config} object, as JSON
   */
  Path write(String architecture, String run) throws IOException {
    String config =
        "{\"os\":\"linux\",\"architecture\":\"" + architecture + "\",\"config\":" + run + "}";
    String manifest =
        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
            + "\"config\":"
            + descriptor("application/vnd.oci.image.config.v1+json", config.getBytes(UTF_8))
            + ",\"layers\":["
            + String.join(",", layers)
            + "]}";
    String index =
        descriptor("application/vnd.oci.image.manifest.v1+json", manifest.getBytes(UTF_8));
    Files.writeString(
        folder.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[" + index + "]}");
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    return folder;
  }

  private String descriptor(String mediaType, byte[] content) throws IOException {
    Digest digest = Digest.of(content);
    Path blob = new Blobs(folder).path(digest);
    Files.createDirectories(blob.getParent());
    Files.write(blob, content);
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(mediaType, digest, content.length);
  }

  private static TarArchiveEntry entry(String name, byte type, int mode) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setMode(mode);
    entry.setModTime(Date.from(TIME));
    return entry;
  }

  private TestImage put(TarArchiveEntry entry, byte[] content) {
    try {
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
