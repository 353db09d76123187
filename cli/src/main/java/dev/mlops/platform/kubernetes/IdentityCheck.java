package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Check;
import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Who the cluster takes us for. */
record IdentityCheck(Site site) implements Check {
  private static final String NOBODY = "system:anonymous";

  @Override
  public String id() {
    return "identity";
  }

  @Override
  public String title() {
    return "Identity";
  }

  @Override
  public Result look() {
    try {
      SelfSubjectReview answer =
          site.cluster()
              .client()
              .authentication()
              .v1()
              .selfSubjectReviews()
              .create(new SelfSubjectReview());
      String name = answer.getStatus().getUserInfo().getUsername();
      if (!NOBODY.equals(name)) {
        return new Result.Fine("as " + name);
      }
    } catch (KubernetesClientException e) {
      if (e.getCode() == 404) {
        return new Result.NotApplicable("the cluster does not tell before Kubernetes 1.28");
      }
      if (e.getCode() != 403) {
        throw ApiProblems.of(site.cluster(), "ask who we are", e);
      }
    }
    throw Code.KUBERNETES_UNAUTHORIZED.problem(
        "The cluster " + site.cluster().name() + " does not know who we are",
        "The context has no credentials, or they are not the cluster's: we are " + NOBODY + ".",
        site.cluster().byHand("auth whoami"));
  }
}
