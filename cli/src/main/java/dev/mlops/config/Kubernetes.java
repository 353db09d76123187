package dev.mlops.config;

import static java.util.Objects.requireNonNullElse;

import java.nio.file.Path;
import java.util.Optional;

/** Platform kubernetes: any cluster of a kubeconfig. */
public record Kubernetes(
    @Doc("The kubeconfig; default: $KUBECONFIG, or ~/.kube/config.") Optional<Path> kubeconfig,
    @Doc("Context in the kubeconfig; the current one is never used by itself.")
        Optional<String> context,
    @Doc("Namespace; default: the project's name. Created if it does not exist.") Name namespace,
    @Doc("Registry and path that images are pushed to, such as registry.example.com/team.")
        Optional<String> registry,
    @Doc("Whether plain HTTP may be used for the registry; for loopback it always may.")
        Boolean plainHttp) {

  public Kubernetes {
    plainHttp = requireNonNullElse(plainHttp, false);
  }

  Kubernetes orNamespace(Name name) {
    return namespace == null
        ? new Kubernetes(kubeconfig, context, name, registry, plainHttp)
        : this;
  }
}
