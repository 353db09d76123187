package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** Kinds that the manifests themselves bring along, by a CustomResourceDefinition. */
record CustomKinds(Cluster cluster, List<ObjectNode> objects) {
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final Duration LOOK = Duration.ofMillis(200);

  /** Whether the server is still to learn of the object's kind, and will by these manifests. */
  boolean isToCome(ObjectNode object) {
    Kind kind = Kind.of(object);
    return objects.stream().anyMatch(definition -> defines(definition, kind))
        && cluster.discovery().find(kind).isEmpty();
  }

  /** Waits until the server serves the kind: it takes a moment to after the definition is there. */
  void await(ObjectNode object) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (isToCome(object) && System.nanoTime() < deadline) {
      Thread.sleep(LOOK);
    }
  }

  private static boolean defines(ObjectNode definition, Kind kind) {
    return definition.path("kind").asText().equals("CustomResourceDefinition")
        && definition.at("/spec/group").asText().equals(kind.group())
        && definition.at("/spec/names/kind").asText().equals(kind.kind());
  }
}
