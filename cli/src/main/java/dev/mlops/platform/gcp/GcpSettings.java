package dev.mlops.platform.gcp;

import dev.mlops.config.Gcp;
import dev.mlops.manifest.Owner;
import java.util.Map;
import java.util.Optional;

/**
 * Which environment of which project, and what the config says of its place.
 *
 * @param image its repository's name, such as {@code iris}
 * @param serviceAccount that the pods run as, in the cluster
 * @param github the repository whose workflows deploy, as {@code owner/name}
 * @param variables of the process
 */
public record GcpSettings(
    Gcp config,
    Owner owner,
    String image,
    String serviceAccount,
    Optional<String> github,
    Map<String, String> variables) {
  public GcpSettings {
    variables = Map.copyOf(variables);
  }

  String project() {
    return config.project().orElseThrow();
  }
}
