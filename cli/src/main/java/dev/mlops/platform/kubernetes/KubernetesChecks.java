package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Check;
import dev.mlops.platform.Checks;
import java.util.List;

/** The ladder of a cluster, from the kubeconfig to what the pods do. */
record KubernetesChecks(Site site, RegistryImages images) implements Checks {
  @Override
  public List<Check> before(Wanted wanted) {
    return List.of(
        new KubeconfigCheck(site),
        new ClusterCheck(site),
        new IdentityCheck(site),
        new NamespaceCheck(site),
        new RightsCheck(site, wanted.manifests()),
        new NodesCheck(site, wanted.architecture()),
        new RegistryPushCheck(images),
        new QuotaCheck(site));
  }

  @Override
  public List<Check> running() {
    return List.of();
  }
}
