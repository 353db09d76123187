package dev.mlops.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What an image holds that others made, as CycloneDX 1.6 JSON. Equal images have equal ones: there
 * is no time in it, and the serial number comes from the image's digest.
 */
final class BillOfMaterials {
  private final ObjectNode document = Blobs.JSON.createObjectNode();
  private final ArrayNode components;

  BillOfMaterials(String name, Digest image) {
    document.put("bomFormat", "CycloneDX");
    document.put("specVersion", "1.6");
    UUID serial = UUID.nameUUIDFromBytes(image.value().getBytes(UTF_8));
    document.put("serialNumber", "urn:uuid:" + serial);
    document.put("version", 1);
    ObjectNode subject = document.putObject("metadata").putObject("component");
    subject.put("type", "container").put("name", name).put("version", image.value());
    subject.put("bom-ref", image.value());
    components = document.putArray("components");
  }

  BillOfMaterials runtime(Map<String, String> release) {
    ObjectNode component = component("platform", "OpenJDK", release.get("version"));
    component.putObject("supplier").put("name", release.get("vendor"));
    component.put("purl", "pkg:generic/openjdk@" + encode(release.get("version")));
    return this;
  }

  BillOfMaterials base(Base base) throws IOException {
    switch (base) {
      case Base.Host host -> {
        for (Map.Entry<String, Path> library : host.libraries().entrySet()) {
          hash(file(library.getKey()), library.getValue());
        }
      }
      case Base.Published published -> container(published.reference());
      case Base.WithJava java -> container(java.reference());
    }
    return this;
  }

  BillOfMaterials jar(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Optional<Properties> maven = coordinates(zip);
      ObjectNode component =
          maven.isPresent() ? maven(maven.get()) : file(jar.getFileName().toString());
      hash(component, jar);
    }
    return this;
  }

  void write(Path file) throws IOException {
    byte[] text = Blobs.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
    try (WorkFolder work = WorkFolder.beside(file)) {
      Path written = Files.write(work.path().resolve("bom.json"), text);
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private ObjectNode maven(Properties coordinates) {
    String group = coordinates.getProperty("groupId");
    String artifact = coordinates.getProperty("artifactId");
    String version = coordinates.getProperty("version");
    ObjectNode component = component("library", artifact, version);
    component.put("group", group);
    component.put(
        "purl", "pkg:maven/" + encode(group) + "/" + encode(artifact) + "@" + encode(version));
    return component;
  }

  private void container(String reference) {
    ImageReference parsed = ImageReference.parse(reference);
    ObjectNode component = component("container", parsed.repository(), parsed.version());
    String name = parsed.repository().substring(parsed.repository().lastIndexOf('/') + 1);
    component.put(
        "purl",
        "pkg:oci/%s@%s?repository_url=%s"
            .formatted(
                name,
                encode(parsed.version()),
                encode(parsed.registry() + "/" + parsed.repository())));
  }

  private ObjectNode file(String name) {
    ObjectNode component = components.addObject();
    return component.put("type", "file").put("name", name).put("bom-ref", name);
  }

  private ObjectNode component(String type, String name, String version) {
    ObjectNode component = components.addObject();
    component.put("type", type).put("name", name).put("version", version);
    return component.put("bom-ref", name + "@" + version);
  }

  private static void hash(ObjectNode component, Path file) throws IOException {
    component
        .putArray("hashes")
        .addObject()
        .put("alg", "SHA-256")
        .put("content", Digest.ofFile(file).hex());
  }

  /** Absent in jars that Maven did not make, and in those that hold several. */
  private static Optional<Properties> coordinates(ZipFile jar) throws IOException {
    var entries =
        jar.stream()
            .map(ZipEntry::getName)
            .filter(n -> n.startsWith("META-INF/maven/") && n.endsWith("/pom.properties"))
            .toList();
    if (entries.size() != 1) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (InputStream in = jar.getInputStream(jar.getEntry(entries.getFirst()))) {
      properties.load(in);
    }
    return Optional.of(properties)
        .filter(
            p -> p.stringPropertyNames().containsAll(List.of("groupId", "artifactId", "version")));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
