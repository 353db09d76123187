package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;

/** Objects of any kind in their places: whether a kind has namespaces, the server says. */
record Resources(Cluster cluster) {

  /**
   * @param namespace where the object goes if it names none
   * @throws dev.mlops.problem.MlopsException if the server does not know the kind
   */
  Resource<GenericKubernetesResource> of(GenericKubernetesResource object, String namespace) {
    ApiKind kind = cluster.discovery().find(Kind.of(object)).orElseThrow(() -> unknown(object));
    var all = cluster.client().genericKubernetesResources(kind.context());
    String own = object.getMetadata().getNamespace();
    return kind.namespaced()
        ? all.inNamespace(own == null ? namespace : own).resource(object)
        : all.resource(object);
  }

  private RuntimeException unknown(HasMetadata object) {
    return Code.KUBERNETES_KIND.problem(
        "The cluster "
            + cluster.name()
            + " has no kind "
            + object.getKind()
            + " of "
            + object.getApiVersion(),
        object.getKind() + " " + object.getMetadata().getName() + " is of that kind.",
        cluster.byHand("api-resources"));
  }
}
