package dev.mlops.config;

import java.util.Optional;

/** Platform kubernetes: any cluster of a kubeconfig. */
public record Kubernetes(
    @Doc("Context of the kubeconfig; the current one is never taken silently.")
        Optional<String> context,
    @Doc("Namespace; left out, the name of the project.") Name namespace,
    @Doc("Registry and path that images are pushed to, such as registry.example.com/team.")
        Optional<String> registry) {

  Kubernetes orNamespace(Name name) {
    return namespace == null ? new Kubernetes(context, name, registry) : this;
  }
}
