package dev.mlops.config;

import static java.util.Objects.requireNonNullElse;

/** The image that the service ships in. */
public record Image(
    @Doc(
            "Name of the image, without registry and tag; left out, the name of the project. The"
                + " container of your manifests with this image gets each release's.")
        String repository,
    @Doc(
            "What the image stands on. auto: a small base from a registry, or `host` where none can"
                + " be reached. host: this machine's own C library. Or an image's reference.")
        String base) {
  public Image {
    base = requireNonNullElse(base, "auto");
  }

  Image orRepository(String name) {
    return repository == null ? new Image(name, base) : this;
  }
}
