package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Check;
import dev.mlops.platform.Checks;
import java.util.ArrayList;
import java.util.List;

/** The ladder of a cluster, from the kubeconfig to what the pods do. */
record KubernetesChecks(Site site, RegistryImages images) implements Checks {
  @Override
  public List<Check> before(Wanted wanted) {
    List<Check> checks = new ArrayList<>();
    if (site.cluster().isOfKubeconfig()) {
      checks.add(new KubeconfigCheck(site));
    }
    checks.add(new ClusterCheck(site));
    checks.add(new IdentityCheck(site));
    checks.add(new NamespaceCheck(site));
    checks.add(new RightsCheck(site, wanted.manifests()));
    checks.add(new QuotaCheck(site));
    checks.add(new NodesCheck(site, wanted.architecture()));
    checks.add(new RegistryPushCheck(images));
    return List.copyOf(checks);
  }

  @Override
  public List<Check> running(Wanted wanted) {
    var errand = new Errand(site, images, wanted, Errand.NAME);
    var ward = new Ward(site);
    return List.of(
        new VersionSkewCheck(site),
        new MetricsCheck(site, wanted.manifests()),
        new RegistryPullCheck(images, errand),
        new DnsCheck(site, errand),
        new WorkloadCheck(ward),
        new ProbesCheck(ward),
        new AutoscalerCheck(site, ward));
  }
}
