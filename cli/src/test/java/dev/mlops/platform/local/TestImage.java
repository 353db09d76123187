package dev.mlops.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A real OCI layout with one layer that runs {@link TinyServer}; two variants differ in digest.
 *
 * @param reference what a container names it by
 */
public record TestImage(Path layout, Digest digest, String reference) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String CLASS_FILE = TinyServer.class.getName().replace('.', '/') + ".class";

  public static TestImage write(Path layout, String variant) {
    return write(layout, variant, Map.of());
  }

  public static TestImage write(Path layout, String variant, Map<String, String> labels) {
    return write(layout, variant, labels, Map.of());
  }

  /**
   * @param more further files by path, without the first slash
   */
  public static TestImage write(
      Path layout, String variant, Map<String, String> labels, Map<String, byte[]> more) {
    try {
      Files.createDirectories(layout.resolve("blobs/sha256"));
      ObjectNode layer = blob(layout, layer(variant, more), LAYER);
      ObjectNode manifest = JSON.createObjectNode().put("schemaVersion", 2);
      manifest.put("mediaType", MANIFEST);
      manifest.set("config", blob(layout, config(layer, labels), CONFIG));
      manifest.putArray("layers").add(layer);
      ObjectNode descriptor = blob(layout, JSON.writeValueAsBytes(manifest), MANIFEST);
      ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2);
      index.putArray("manifests").add(descriptor);
      Files.write(layout.resolve("index.json"), JSON.writeValueAsBytes(index));
      Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
      var digest = new Digest(descriptor.path("digest").asText());
      return new TestImage(layout, digest, "tiny@" + digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] layer(String variant, Map<String, byte[]> more) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes);
        InputStream server = TinyServer.class.getClassLoader().getResourceAsStream(CLASS_FILE)) {
      String java = System.getProperty("java.home") + "/bin/java";
      String script =
          "#!/bin/sh\nexec " + java + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \"$@\"\n";
      add(tar, "opt/java/bin/java", script.getBytes(UTF_8), 0755);
      add(tar, "app/classes/" + CLASS_FILE, server.readAllBytes(), 0644);
      add(tar, "app/classes/variant-" + variant, variant.getBytes(UTF_8), 0644);
      for (Map.Entry<String, byte[]> file : more.entrySet()) {
        add(tar, file.getKey(), file.getValue(), 0644);
      }
    }
    return bytes.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] content, int mode)
      throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    entry.setMode(mode);
    entry.setLastModifiedTime(FileTime.fromMillis(0));
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static byte[] config(ObjectNode layer, Map<String, String> labels) throws IOException {
    ObjectNode config = JSON.createObjectNode();
    config.put("os", System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux");
    String arch = System.getProperty("os.arch");
    config.put("architecture", arch.equals("aarch64") ? "arm64" : arch);
    ObjectNode run = config.putObject("config");
    run.putArray("Entrypoint")
        .add("/opt/java/bin/java")
        .add("-cp")
        .add("classes")
        .add(TinyServer.class.getName());
    run.putArray("Env").add("GREETING=hello");
    run.put("WorkingDir", "/app");
    ObjectNode named = run.putObject("Labels");
    labels.forEach(named::put);
    config.putObject("rootfs").put("type", "layers").putArray("diff_ids").add(layer.get("digest"));
    return JSON.writeValueAsBytes(config);
  }

  private static ObjectNode blob(Path layout, byte[] content, String type) throws IOException {
    String hex = sha256(content);
    Files.write(layout.resolve("blobs/sha256").resolve(hex), content);
    ObjectNode descriptor = JSON.createObjectNode().put("mediaType", type);
    return descriptor.put("digest", "sha256:" + hex).put("size", content.length);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
