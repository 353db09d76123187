package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.config.PlatformKind;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Provisioning;
import java.util.List;
import java.util.function.Supplier;

/** Opens an environment in a cluster; asks nothing yet. */
public final class KubernetesPlatform {
  private KubernetesPlatform() {}

  /**
   * @param kind what the user calls it, such as {@code kubernetes} or {@code gcp}
   */
  public static Platform open(String kind, Cluster cluster, KubernetesSettings settings) {
    return open(kind, new Site(cluster, settings), Provisioning.NONE);
  }

  /**
   * One that runs of GitHub Actions may be let into by their own tokens.
   *
   * @param manifests what they deploy
   * @param userPrefix what the API server puts before the subject of a token
   */
  public static Platform open(
      Cluster cluster,
      KubernetesSettings settings,
      Supplier<List<ObjectNode>> manifests,
      String userPrefix) {
    var site = new Site(cluster, settings);
    var federation = new KubernetesFederation(site, manifests, userPrefix);
    return open(PlatformKind.KUBERNETES.label(), site, new InCluster(federation));
  }

  private static Platform open(String kind, Site site, Provisioning provisioning) {
    KubernetesSettings settings = site.settings();
    var images = new RegistryImages(settings.repository(), settings.plainHttp(), settings.login());
    return new Platform(
        kind,
        "cluster " + site.cluster().name() + ", namespace " + settings.namespace(),
        images,
        new KubernetesWorkloads(site),
        new KubernetesSwitch(site),
        new KubernetesOwnership(site, KubernetesOwnership.PATIENCE),
        new KubernetesLogs(site),
        new KubernetesChecks(site, images),
        new KubernetesJobs(site),
        new History(site),
        new KubernetesForwards(site),
        new KubernetesMeters(site),
        provisioning);
  }
}
