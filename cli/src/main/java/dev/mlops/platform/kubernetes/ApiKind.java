package dev.mlops.platform.kubernetes;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Set;

/**
 * A kind as a server has it.
 *
 * @param plural as paths have it, such as {@code deployments}
 * @param namespaced whether its objects lie in namespaces
 * @param verbs what can be done to them, such as {@code list}
 */
record ApiKind(Kind kind, String plural, boolean namespaced, Set<String> verbs) {
  ApiKind {
    verbs = Set.copyOf(verbs);
  }

  /** Measurements and other answers that only look like objects can't be removed. */
  boolean isKept() {
    return verbs.contains("list") && verbs.contains("delete");
  }

  ResourceDefinitionContext context() {
    return new ResourceDefinitionContext.Builder()
        .withGroup(kind.group())
        .withVersion(kind.version())
        .withKind(kind.kind())
        .withPlural(plural)
        .withNamespaced(namespaced)
        .build();
  }
}
