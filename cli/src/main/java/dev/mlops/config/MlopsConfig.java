package dev.mlops.config;

import static java.util.Objects.requireNonNullElse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole config of one environment. Each record of the tree gives its own keys their defaults,
 * in its compact constructor and nowhere else: a component is null only on the way in.
 */
public record MlopsConfig(
    @Doc("Version of this file's format.") @Required(example = "apiVersion: mlops/v1")
        ApiVersion apiVersion,
    @Doc(
            "Names every resource: lower case letters, digits and hyphens, from a letter on, at most"
                + " 40 characters.")
        @Required(example = "name: iris")
        Name name,
    @Doc("What is served, and how it is trained.") Model model,
    @Doc("Where the model is trained.") Training training,
    @Doc("How the service runs.") Service service,
    @Doc("The image that the service ships in.") Image image,
    @Doc(
            "Folder with the Kubernetes manifests: your own, applied as they stand but for the image"
                + " and what `scale` says. Platform local reads them too.")
        Path manifests,
    @Doc("Overrides the autoscaler's manifest, so that environments can differ.") Scale scale,
    @Doc("The load-test plan.") Path loadtest,
    @Doc("Where the service runs.") PlatformKind platform,
    @Doc("Settings of platform local: this machine.") Local local,
    @Doc("Settings of platform kubernetes: any cluster of a kubeconfig.") Kubernetes kubernetes,
    @Doc("Settings of platform gcp: Google Kubernetes Engine.") Gcp gcp,
    @Doc("Settings of platform aws: Elastic Kubernetes Service.") Aws aws,
    @Doc("Settings of platform azure: Azure Kubernetes Service.") Azure azure,
    @Doc("Settings of the GitHub Actions workflows.") Ci ci)
    implements Checked {

  public MlopsConfig {
    image = image.orRepository(name.text());
    manifests = requireNonNullElse(manifests, Path.of("k8s"));
    loadtest = requireNonNullElse(loadtest, Path.of("loadtest.yaml"));
    platform = requireNonNullElse(platform, PlatformKind.LOCAL);
    kubernetes = kubernetes.orNamespace(name);
  }

  @Override
  public List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    if (platform == PlatformKind.KUBERNETES && kubernetes.context().isEmpty()) {
      faults.add(new Fault("platform", "kubernetes needs the key kubernetes.context"));
    }
    if (platform == PlatformKind.KUBERNETES && kubernetes.registry().isEmpty()) {
      faults.add(new Fault("platform", "kubernetes needs the key kubernetes.registry"));
    }
    if (platform == PlatformKind.GCP && gcp.project().isEmpty()) {
      faults.add(new Fault("platform", "gcp needs the key gcp.project"));
    }
    return faults;
  }
}
