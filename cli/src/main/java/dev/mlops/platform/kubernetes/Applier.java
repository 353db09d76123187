package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Optional;

/**
 * Objects of any kind, by server-side apply: the server merges, knows who set what, and refuses
 * fields that the kind does not have.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side
 *     Apply</a>
 */
record Applier(Cluster cluster, String namespace, boolean force, String manager) {
  /** Who we are among the managers of fields. */
  static final String MANAGER = "mlops";

  private static final ObjectMapper JSON = new ObjectMapper();

  Applier(Cluster cluster, String namespace, boolean force) {
    this(cluster, namespace, force, MANAGER);
  }

  /** The object as it is in the cluster. */
  Optional<ObjectNode> live(ObjectNode object) {
    return ApiProblems.asking(
        cluster,
        "read " + Removal.title(object),
        () -> Optional.ofNullable(resource(object).get()).map(Applier::tree));
  }

  /** What the object would be after {@link #apply}. */
  ObjectNode dryRun(ObjectNode object) {
    return patch(object, List.of("All"));
  }

  ObjectNode apply(ObjectNode object) {
    return patch(object, List.of());
  }

  private ObjectNode patch(ObjectNode object, List<String> dryRun) {
    try {
      return tree(Conflicts.outlast(() -> resource(object).patch(context(dryRun, force))));
    } catch (KubernetesClientException e) {
      if (ApplyProblems.isConflictWith(Site.POWER, e)) {
        return forced(object, dryRun); // what a pause or a resume set is ours as well
      }
      throw problem(object, e);
    }
  }

  private ObjectNode forced(ObjectNode object, List<String> dryRun) {
    try {
      return tree(Conflicts.outlast(() -> resource(object).patch(context(dryRun, true))));
    } catch (KubernetesClientException e) {
      throw problem(object, e);
    }
  }

  private MlopsException problem(ObjectNode object, KubernetesClientException e) {
    Optional<ObjectNode> live = ApplyProblems.needsLive(e) ? live(object) : Optional.empty();
    return ApplyProblems.of(cluster, kubectl(object), object, live, e);
  }

  private PatchContext context(List<String> dryRun, boolean force) {
    return new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager(manager)
        .withFieldValidation("Strict")
        .withForce(force)
        .withDryRun(dryRun)
        .build();
  }

  private Resource<GenericKubernetesResource> resource(ObjectNode object) {
    return new Resources(cluster).of(generic(object), namespace);
  }

  /** How a person reaches the object by hand. */
  String kubectl(ObjectNode object) {
    return cluster.byHand("--namespace " + object.at("/metadata/namespace").asText(namespace));
  }

  static GenericKubernetesResource generic(ObjectNode object) {
    return JSON.convertValue(object, GenericKubernetesResource.class);
  }

  static ObjectNode tree(GenericKubernetesResource resource) {
    return JSON.valueToTree(resource);
  }
}
