package dev.mlops.platform.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.config.GcpEndpoints;
import dev.mlops.config.PlatformKind;
import dev.mlops.image.Login;
import dev.mlops.manifest.ContainerVariables;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Provisioning;
import dev.mlops.platform.kubernetes.Cluster;
import dev.mlops.platform.kubernetes.DeployerRole;
import dev.mlops.platform.kubernetes.KubernetesPlatform;
import dev.mlops.platform.kubernetes.KubernetesSettings;
import dev.mlops.platform.kubernetes.Note;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Platform kubernetes in a cluster of Google's, and what that stands on; asks nothing yet. */
public final class GcpPlatform {
  /** How Google's registry is told that a token comes, not a password. */
  private static final String TOKEN_USER = "oauth2accesstoken";

  private static final String METADATA_HOST = "GCE_METADATA_HOST";

  private GcpPlatform() {}

  /**
   * @param manifests what whoever deploys must be able to apply
   */
  public static Platform open(GcpSettings settings, List<ObjectNode> manifests) {
    Site site = Site.of(settings);
    Cluster cluster = new ClusterAccess(site).cluster();
    var kubernetes =
        new KubernetesSettings(
            settings.owner(),
            new Registry(site).address() + "/" + settings.image(),
            false,
            login(site));
    Platform inCluster = KubernetesPlatform.open(PlatformKind.GCP.label(), cluster, kubernetes);
    var deployer =
        new DeployerRole(cluster, kubernetes, manifests, List.of(CiIdentity.account(site).email()));
    var note = new Note(cluster, kubernetes, IdentityVerification.NOTE);
    var provisioning =
        new GcpProvisioning(
            site,
            deployer,
            Optional.of(image ->
                new IdentityVerification(
                    site, inCluster.jobs(), note, metadataServer(site, manifests), image)));
    return around(
        site, inCluster, "project " + site.project() + ", " + inCluster.target(), provisioning);
  }

  /**
   * What a cluster does for itself, with what Google has to do around it.
   *
   * @param target where it is, for people
   */
  static Platform around(Site site, Platform inCluster, String target, Provisioning provisioning) {
    return new Platform(
        PlatformKind.GCP.label(),
        target,
        inCluster.images(),
        new GcpWorkloads(site, inCluster.workloads()),
        new GcpSwitch(site, inCluster.power()),
        new GcpOwnership(site, inCluster.ownership()),
        inCluster.logs(),
        new GcpChecks(site, inCluster.checks()),
        inCluster.jobs(),
        inCluster.releases(),
        inCluster.forwards(),
        inCluster.meters(),
        provisioning);
  }

  /** Where the pods ask who they are, if that is another place than usual. */
  private static Map<String, String> metadataServer(Site site, List<ObjectNode> manifests) {
    return ContainerVariables.find(manifests, site.settings().image(), METADATA_HOST)
        .map(host -> Map.of(METADATA_HOST, host))
        .orElse(Map.of());
  }

  /** None in plaintext. */
  private static Optional<Login> login(Site site) {
    boolean isPlaintext =
        site.config().endpoints().of("registry").filter(GcpEndpoints::isPlaintext).isPresent();
    return isPlaintext
        ? Optional.empty()
        : Optional.of(new Login(TOKEN_USER, site.clients().endpoints().tokens()::token));
  }
}
