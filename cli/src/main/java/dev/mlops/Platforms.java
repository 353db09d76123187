package dev.mlops;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.config.Kubernetes;
import dev.mlops.config.Local;
import dev.mlops.config.PlatformKind;
import dev.mlops.lifecycle.Project;
import dev.mlops.manifest.Manifests;
import dev.mlops.manifest.Owner;
import dev.mlops.manifest.ServiceAccounts;
import dev.mlops.platform.Platform;
import dev.mlops.platform.gcp.GcpPlatform;
import dev.mlops.platform.gcp.GcpSettings;
import dev.mlops.platform.kubernetes.Cluster;
import dev.mlops.platform.kubernetes.KubernetesPlatform;
import dev.mlops.platform.kubernetes.KubernetesSettings;
import dev.mlops.platform.local.LocalPlatform;
import dev.mlops.platform.local.LocalSettings;
import dev.mlops.problem.Code;
import java.nio.file.Files;
import java.util.List;

/** Which adapter serves which platform. */
final class Platforms {
  private Platforms() {}

  static Platform open(Project project) {
    PlatformKind kind = project.config().platform();
    return switch (kind) {
      case LOCAL -> local(project);
      case KUBERNETES -> kubernetes(project);
      case GCP -> gcp(project);
      case AWS, AZURE ->
          throw Code.PLATFORM_UNAVAILABLE.problem(
              "Platform " + kind.label() + " is not in this version yet",
              "It has its place in the config, but nothing serves it.",
              "Choose an environment with platform: local");
    };
  }

  private static Platform local(Project project) {
    Local local = project.config().local();
    return LocalPlatform.open(
        new LocalSettings(
            project.root(),
            project.config().name().text(),
            project.environment(),
            local.host(),
            local.port().number()));
  }

  private static Platform gcp(Project project) {
    List<ObjectNode> manifests = manifests(project);
    return GcpPlatform.open(
        new GcpSettings(
            project.config().gcp(),
            owner(project),
            project.config().image().repository(),
            ServiceAccounts.ofPods(manifests).orElse("default"),
            project.config().ci().repository(),
            System.getenv()),
        manifests);
  }

  private static Platform kubernetes(Project project) {
    Kubernetes kubernetes = project.config().kubernetes();
    String registry = kubernetes.registry().orElseThrow();
    return KubernetesPlatform.open(
        Cluster.of(
            kubernetes.kubeconfig().map(project.loaded()::resolve),
            kubernetes.context().orElseThrow()),
        new KubernetesSettings(
            owner(project),
            registry + "/" + project.config().image().repository(),
            kubernetes.plainHttp()),
        () -> manifests(project),
        project.config().ci().userPrefix());
  }

  private static Owner owner(Project project) {
    return new Owner(
        project.config().name().text(),
        project.environment(),
        project.config().kubernetes().namespace().text());
  }

  private static List<ObjectNode> manifests(Project project) {
    return Files.isDirectory(project.manifests()) ? Manifests.load(project.manifests()) : List.of();
  }
}
