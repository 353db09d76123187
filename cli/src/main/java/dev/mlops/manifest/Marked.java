package dev.mlops.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Release;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The manifests as they go to a cluster: the user's own, with the labels that say whose they are,
 * and with what is known of the release.
 */
public final class Marked {
  /** The release's name, on each object and on the pods. */
  public static final String RELEASE = "mlops.dev/release";

  /** Digest of the release's image, on what runs it. */
  public static final String IMAGE = "mlops.dev/image";

  /** On what stands for a Secret: a rollback neither changes nor removes that. */
  public static final String WITHHELD = "mlops.dev/withheld";

  /** Before the name of each fact of a release. */
  public static final String FACT = "release.mlops.dev/";

  /** What an annotation may be called, behind its prefix. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private static final Set<String> SCALED = Set.of("Deployment", "StatefulSet", "ReplicaSet");

  private Marked() {}

  /**
   * Copies, labelled as the owner's. What runs the release's image also says which release that is,
   * in annotations and in the labels of its pods. {@code replicas} is left out where an autoscaler
   * owns it.
   */
  public static List<ObjectNode> of(Owner owner, Desired desired) {
    Set<String> autoscaled = autoscaled(desired.manifests());
    return desired.manifests().stream()
        .map(ObjectNode::deepCopy)
        .peek(object -> mark(object, owner, desired.release()))
        .peek(object -> leaveReplicas(object, autoscaled))
        .toList();
  }

  /** Copies as {@link #of} has them, but without what says whose they are. */
  public static List<ObjectNode> asApplied(Desired desired) {
    Set<String> autoscaled = autoscaled(desired.manifests());
    return desired.manifests().stream()
        .map(ObjectNode::deepCopy)
        .peek(object -> leaveReplicas(object, autoscaled))
        .toList();
  }

  /** Whether it only stands for an object whose values are not kept. */
  public static boolean isWithheld(ObjectNode object) {
    return object.at("/metadata/annotations").has(WITHHELD);
  }

  /** Whether a container of the object runs the image. */
  public static boolean runs(ObjectNode object, Release release) {
    return Containers.of(object)
        .anyMatch(container -> Containers.names(container, release.image().value()));
  }

  private static void mark(ObjectNode object, Owner owner, Release release) {
    ObjectNode metadata = object.withObject("metadata");
    label(metadata, owner, release);
    if (!runs(object, release)) {
      return;
    }
    ObjectNode annotations = metadata.withObject("annotations");
    annotations.put(IMAGE, release.image().value());
    release
        .facts()
        .forEach((name, value) -> {
          if (NAME.matcher(name).matches()) {
            annotations.put(FACT + name, value);
          }
        });
    if (object.at("/spec/template") instanceof ObjectNode template) {
      label(template.withObject("metadata"), owner, release);
    }
  }

  private static void label(ObjectNode metadata, Owner owner, Release release) {
    ObjectNode labels = metadata.withObject("labels");
    owner.labels().forEach(labels::put);
    labels.put(RELEASE, release.name());
  }

  private static void leaveReplicas(ObjectNode object, Set<String> autoscaled) {
    if (autoscaled.contains(title(object)) && object.get("spec") instanceof ObjectNode spec) {
      spec.remove("replicas");
    }
  }

  private static Set<String> autoscaled(List<ObjectNode> manifests) {
    return manifests.stream()
        .filter(object -> object.path("kind").asText().equals("HorizontalPodAutoscaler"))
        .map(object -> object.at("/spec/scaleTargetRef"))
        .filter(target -> SCALED.contains(target.path("kind").asText()))
        .map(target -> target.path("kind").asText() + " " + target.path("name").asText())
        .collect(Collectors.toSet());
  }

  private static String title(JsonNode object) {
    return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
  }
}
