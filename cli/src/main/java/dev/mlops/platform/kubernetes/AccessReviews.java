package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import java.util.Optional;

/**
 * Asks the cluster what we may do, which everybody may ask; or what another user may, which is for
 * administrators.
 *
 * @param user the other one; absent for us
 */
record AccessReviews(Site site, Optional<String> user) {
  private static final String ALL = "*";

  AccessReviews(Site site) {
    this(site, Optional.empty());
  }

  /** Whether everything is allowed in the namespace: one question in place of fifty. */
  boolean allowsAll() {
    return allows(
        new ResourceAttributesBuilder()
            .withNamespace(site.namespace())
            .withGroup(ALL)
            .withResource(ALL)
            .withVerb(ALL)
            .build());
  }

  boolean allows(Right right, String verb) {
    String[] parts = right.resource().split("/", 2);
    boolean everywhere = right.place() == Right.Place.CLUSTER_OPTIONAL;
    return allows(
        new ResourceAttributesBuilder()
            .withNamespace(everywhere ? null : site.namespace())
            .withGroup(right.group())
            .withResource(parts[0])
            .withSubresource(parts.length == 2 ? parts[1] : null)
            .withVerb(verb)
            .build());
  }

  private boolean allows(ResourceAttributes attributes) {
    return user.isPresent() ? allows(user.get(), attributes) : allowsUs(attributes);
  }

  private boolean allows(String somebody, ResourceAttributes attributes) {
    SubjectAccessReview question =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(somebody)
            .withGroups("system:authenticated")
            .withResourceAttributes(attributes)
            .endSpec()
            .build();
    SubjectAccessReview answer =
        site.ask(
            "ask for the rights of " + somebody,
            client -> client.authorization().v1().subjectAccessReview().create(question));
    return Boolean.TRUE.equals(answer.getStatus().getAllowed());
  }

  private boolean allowsUs(ResourceAttributes attributes) {
    SelfSubjectAccessReview question =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withResourceAttributes(attributes)
            .endSpec()
            .build();
    SelfSubjectAccessReview answer =
        site.ask(
            "ask for our rights",
            client -> client.authorization().v1().selfSubjectAccessReview().create(question));
    return Boolean.TRUE.equals(answer.getStatus().getAllowed());
  }
}
