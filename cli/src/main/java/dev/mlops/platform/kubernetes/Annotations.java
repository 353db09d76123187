package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** What is noted on a Deployment beside its manifest, and stays when that is applied again. */
record Annotations(Site site) {
  private static final ObjectMapper JSON = new ObjectMapper();

  void set(String deployment, String name, String value) {
    ObjectNode patch = JSON.createObjectNode();
    patch.putObject("metadata").putObject("annotations").put(name, value);
    PatchContext merge =
        new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(Site.POWER)
            .build();
    site.ask(
        "annotate Deployment " + deployment,
        client ->
            client
                .apps()
                .deployments()
                .inNamespace(site.namespace())
                .withName(deployment)
                .patch(merge, patch.toString()));
  }
}
