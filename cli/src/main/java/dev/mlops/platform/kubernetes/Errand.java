package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Checks.Built;
import dev.mlops.platform.Checks.Wanted;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;

/**
 * What an {@link Envoy} is sent for: to pull the image that runs, or the one that is published, and
 * to look a name up. It is sent once for all checks.
 */
final class Errand {
  /** The API server's own name, which every cluster's DNS has. */
  static final String NAME = "kubernetes.default.svc";

  /**
   * @param isModel was trained by us: such an image knows the command {@code resolve}
   */
  private record Image(String reference, boolean isModel, Optional<PodSpec> pods) {}

  private final Site site;
  private final RegistryImages images;
  private final Wanted wanted;
  private final String name;
  private final Lazy<Envoy.Report> report;

  /**
   * @param name what is looked up
   */
  Errand(Site site, RegistryImages images, Wanted wanted, String name) {
    this.site = site;
    this.images = images;
    this.wanted = wanted;
    this.name = name;
    this.report = new Lazy<>(this::run);
  }

  Envoy.Report report() {
    return report.get();
  }

  private Envoy.Report run() {
    if (!new Namespaces(site).exists()) {
      return new Envoy.Report.NotSent("there is no namespace yet");
    }
    Optional<Image> image = running().or(this::published);
    return image.isEmpty()
        ? new Envoy.Report.NotSent("no image is published yet")
        : new Envoy(site, manifest(image.get())).send();
  }

  private EnvoyManifest manifest(Image image) {
    return image.isModel()
        ? new EnvoyManifest(
            site, image.reference(), List.of(), List.of("resolve", name), image.pods())
        : new EnvoyManifest(site, image.reference(), List.of("/bin/true"), List.of(), image.pods());
  }

  private Optional<Image> running() {
    return site.main().flatMap(this::running);
  }

  private Optional<Image> running(Deployment main) {
    PodSpec pods = main.getSpec().getTemplate().getSpec();
    return ReleaseReader.of(main)
        .flatMap(release ->
            pods.getContainers().stream()
                .map(container -> container.getImage())
                .filter(image -> image.endsWith("@" + release.image()))
                .findFirst()
                .map(image -> new Image(image, release.isModel(), Optional.of(pods))));
  }

  private Optional<Image> published() {
    return wanted
        .image()
        .filter(this::isPublished)
        .map(built ->
            new Image(images.reference("", built.digest()), built.isModel(), Optional.empty()));
  }

  private boolean isPublished(Built built) {
    try {
      return images.has(built.digest());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
