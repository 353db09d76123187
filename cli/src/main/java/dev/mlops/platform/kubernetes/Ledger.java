package dev.mlops.platform.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.Marked;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What the tool keeps in the annotations of a workload that runs a release. Kubernetes copies them
 * to the release's ReplicaSet: what a rollback restores lies where the release is, and goes with
 * it.
 */
final class Ledger {
  /** Before every annotation of ours; none of them is a difference by itself. */
  static final String PREFIX = "mlops.dev/";

  /** The manifests as they were given, zipped, in Base64. */
  static final String APPLIED = "mlops.dev/applied";

  /** Kinds of what was applied, so that an object which left the manifests is found again. */
  static final String KINDS = "mlops.dev/kinds";

  /** Namespaces of what was applied, for the same reason. */
  static final String NAMESPACES = "mlops.dev/namespaces";

  static final String DEPLOYED_BY = "mlops.dev/deployed-by";
  static final String DEPLOYED_AT = "mlops.dev/deployed-at";

  /** All annotations of an object together may have 256 KiB. */
  private static final int LONGEST = 128 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  private Ledger() {}

  /**
   * @param manifests what a rollback to this release applies; left out if it would not fit
   * @param extent of all that is ours in the cluster
   */
  static void write(ObjectNode workload, List<ObjectNode> manifests, Extent extent) {
    ObjectNode annotations = workload.withObject("metadata").withObject("annotations");
    zip(manifests).ifPresent(text -> annotations.put(APPLIED, text));
    annotations.put(KINDS, Kind.join(extent.kinds()));
    annotations.put(NAMESPACES, String.join(",", extent.namespaces()));
    annotations.put(DEPLOYED_BY, Person.name(System.getenv()));
    annotations.put(DEPLOYED_AT, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** Where the workloads among these tell to look. */
  static Extent extent(List<? extends HasMetadata> objects) {
    return objects.stream()
        .map(object -> object.getMetadata().getAnnotations())
        .filter(annotations -> annotations != null && annotations.containsKey(KINDS))
        .map(annotations ->
            Extent.of(
                Kind.split(annotations.get(KINDS)).collect(Collectors.toSet()),
                namespaces(annotations.getOrDefault(NAMESPACES, ""))))
        .reduce(Extent.NONE, Extent::and);
  }

  private static Set<String> namespaces(String text) {
    return Arrays.stream(text.split(",")).filter(n -> !n.isEmpty()).collect(Collectors.toSet());
  }

  /** Empty if nothing was kept, or it is not what we wrote. */
  static Optional<List<ObjectNode>> applied(Map<String, String> annotations) {
    String text = annotations.get(APPLIED);
    if (text == null) {
      return Optional.empty();
    }
    try (var zip =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
      return Optional.of(JSON.readValue(zip, new TypeReference<List<ObjectNode>>() {}));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** As they are kept: of a Secret only its name, for annotations are read by more people. */
  static List<ObjectNode> kept(List<ObjectNode> manifests) {
    return manifests.stream()
        .map(m -> m.path("kind").asText().equals("Secret") ? withheld(m) : m)
        .toList();
  }

  static boolean isWithheld(ObjectNode object) {
    return Marked.isWithheld(object);
  }

  private static ObjectNode withheld(ObjectNode secret) {
    ObjectNode name = JSON.createObjectNode();
    name.set("apiVersion", secret.path("apiVersion"));
    name.set("kind", secret.path("kind"));
    ObjectNode metadata = name.putObject("metadata");
    metadata.set("name", secret.at("/metadata/name"));
    if (secret.at("/metadata").has("namespace")) {
      metadata.set("namespace", secret.at("/metadata/namespace"));
    }
    metadata.putObject("annotations").put(Marked.WITHHELD, "true");
    return name;
  }

  private static Optional<String> zip(List<ObjectNode> manifests) {
    List<ObjectNode> kept = kept(manifests);
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(JSON.writeValueAsString(kept).getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String text = Base64.getEncoder().encodeToString(bytes.toByteArray());
    return text.length() > LONGEST ? Optional.empty() : Optional.of(text);
  }
}
