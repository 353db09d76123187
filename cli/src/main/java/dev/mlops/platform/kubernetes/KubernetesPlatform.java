package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Platform;

/** Opens an environment in a cluster; asks nothing yet. */
public final class KubernetesPlatform {
  private KubernetesPlatform() {}

  /**
   * @param kind what the user calls it, such as {@code kubernetes} or {@code gcp}
   */
  public static Platform open(String kind, Cluster cluster, KubernetesSettings settings) {
    var site = new Site(cluster, settings);
    var images = new RegistryImages(settings.repository(), settings.plainHttp(), settings.login());
    return new Platform(
        kind,
        "cluster " + cluster.name() + ", namespace " + settings.namespace(),
        images,
        new KubernetesWorkloads(site),
        new KubernetesSwitch(site),
        new KubernetesOwnership(site, KubernetesOwnership.PATIENCE),
        new KubernetesLogs(site),
        new KubernetesChecks(site, images),
        new KubernetesJobs(site),
        new History(site),
        new KubernetesForwards(site),
        new KubernetesMeters(site));
  }
}
