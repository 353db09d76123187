package dev.mlops.platform.kubernetes;

import dev.mlops.image.Login;
import dev.mlops.manifest.Owner;
import java.util.Optional;

/**
 * Which environment of which project, and where its images lie.
 *
 * @param repository such as {@code registry.example.com/team/iris}
 * @param plainHttp http may be spoken to the registry
 * @param login to the registry, in place of the user's own credentials
 */
public record KubernetesSettings(
    Owner owner, String repository, boolean plainHttp, Optional<Login> login) {

  public KubernetesSettings(Owner owner, String repository, boolean plainHttp) {
    this(owner, repository, plainHttp, Optional.empty());
  }

  KubernetesSettings at(String namespace) {
    var there = new Owner(owner.project(), owner.environment(), namespace);
    return new KubernetesSettings(there, repository, plainHttp, login);
  }

  /** Where objects go that name none of their own. */
  public String namespace() {
    return owner.namespace();
  }
}
