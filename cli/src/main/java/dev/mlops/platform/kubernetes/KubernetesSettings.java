package dev.mlops.platform.kubernetes;

import dev.mlops.manifest.Owner;

/**
 * Which environment of which project, and where its images lie.
 *
 * @param repository such as {@code registry.example.com/team/iris}
 * @param plainHttp http may be spoken to the registry
 */
public record KubernetesSettings(Owner owner, String repository, boolean plainHttp) {

  /** Where objects go that name none of their own. */
  public String namespace() {
    return owner.namespace();
  }
}
