package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Check;
import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;
import java.util.Optional;

/** Whether the namespace is there, or may be made. */
record NamespaceCheck(Site site) implements Check {
  private static final Right CREATE =
      new Right("", "namespaces", List.of("create"), Right.Place.CLUSTER_OPTIONAL, "");

  @Override
  public String id() {
    return "namespace";
  }

  @Override
  public String title() {
    return "Namespace";
  }

  @Override
  public Result look() {
    Optional<Namespace> found = new Namespaces(site).find();
    if (found.isPresent()) {
      return there(found.get());
    }
    if (new AccessReviews(site).allows(CREATE, "create")) {
      return new Result.Fine("namespace " + site.namespace() + " will be made");
    }
    throw Code.CLUSTER_NAMESPACE.problem(
        "There is no namespace " + site.namespace() + ", and we may not make it",
        "",
        "Ask for it: " + site.cluster().byHand("create namespace " + site.namespace()));
  }

  private Result there(Namespace namespace) {
    if (namespace.getMetadata() != null && namespace.getMetadata().getDeletionTimestamp() != null) {
      throw Code.CLUSTER_NAMESPACE.problem(
          "The namespace " + site.namespace() + " is being removed",
          "Nothing can be made in it until it is gone.",
          site.cluster().byHand("get namespace " + site.namespace() + " -o yaml"));
    }
    return new Result.Fine("namespace " + site.namespace());
  }
}
