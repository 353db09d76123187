package dev.mlops.config;

import static java.util.Objects.requireNonNullElse;

import java.nio.file.Path;
import java.util.Optional;

/** Platform kubernetes: any cluster of a kubeconfig. */
public record Kubernetes(
    @Doc("The kubeconfig; left out, what KUBECONFIG names, or ~/.kube/config.")
        Optional<Path> kubeconfig,
    @Doc("Context of the kubeconfig; the current one is never taken silently.")
        Optional<String> context,
    @Doc("Namespace; left out, the name of the project. It is made if it is not there.")
        Name namespace,
    @Doc("Registry and path that images are pushed to, such as registry.example.com/team.")
        Optional<String> registry,
    @Doc("Whether plain http may be spoken to the registry; to a loopback address it always may.")
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
