package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.Changes;
import dev.mlops.manifest.Marked;
import java.util.List;

/**
 * What an apply would change in one object, without what the server and the tool add by themselves.
 */
final class Differences {
  private static final List<String> SERVERS_OWN =
      List.of(
          "creationTimestamp", "generation", "managedFields", "resourceVersion", "selfLink", "uid");

  private Differences() {}

  /** One line for each value. */
  static List<String> between(ObjectNode live, ObjectNode after) {
    return Changes.between(List.of(cleaned(live)), List.of(cleaned(after)));
  }

  private static ObjectNode cleaned(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    copy.remove("status");
    ObjectNode metadata = copy.withObject("metadata");
    metadata.remove(SERVERS_OWN);
    metadata.remove("namespace");
    withoutRelease(metadata);
    if (copy.at("/spec/template/metadata") instanceof ObjectNode pods) {
      withoutRelease(pods);
    }
    return copy;
  }

  /** Told once, not for each object. */
  private static void withoutRelease(ObjectNode metadata) {
    metadata.withObject("labels").remove(Marked.RELEASE);
    ObjectNode annotations = metadata.withObject("annotations");
    annotations
        .properties()
        .removeIf(annotation ->
            annotation.getKey().startsWith(Ledger.PREFIX)
                || annotation.getKey().startsWith(Marked.FACT)
                || annotation.getKey().startsWith("deployment.kubernetes.io/"));
  }
}
