package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** A change beside the manifests, which stays when these are applied again. */
final class PowerPatch {
  private PowerPatch() {}

  static PatchContext context() {
    return new PatchContext.Builder()
        .withPatchType(PatchType.JSON_MERGE)
        .withFieldManager(Site.POWER)
        .build();
  }

  static ObjectNode annotation(String name, String value) {
    return annotated(JsonNodeFactory.instance.objectNode(), name, value);
  }

  /** The patch, with an annotation more. */
  static ObjectNode annotated(ObjectNode patch, String name, String value) {
    patch.withObject("metadata").withObject("annotations").put(name, value);
    return patch;
  }
}
