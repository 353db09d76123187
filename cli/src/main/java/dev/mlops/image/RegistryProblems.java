package dev.mlops.image;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;

/** What goes wrong between this machine and a registry. */
final class RegistryProblems {
  private RegistryProblems() {}

  /**
   * @param deed what was tried: {@code read} or {@code write}
   */
  static MlopsException of(ImageReference name, String deed, IOException failure) {
    if (failure instanceof RegistryHttp.Refusal refusal) {
      return switch (refusal.status()) {
        case 401, 403 -> unauthorized(name, deed, failure);
        case 404 -> notFound(name, failure);
        default ->
            Code.REGISTRY_UNREACHABLE.problem(
                "The registry " + name.registry() + " could not " + deed + " " + name,
                "It answered with HTTP status " + refusal.status() + ".",
                "Try again in a while",
                failure);
      };
    }
    return unreachable(name, failure);
  }

  static MlopsException unauthorized(ImageReference name, String deed, Throwable cause) {
    return Code.REGISTRY_UNAUTHORIZED.problem(
        "May not " + deed + " " + name,
        "The registry asks for credentials, or for others than those in the Docker config.",
        "Log in: docker login " + name.registry(),
        cause);
  }

  static MlopsException notFound(ImageReference name, Throwable cause) {
    return Code.REGISTRY_NOT_FOUND.problem(
        "The registry has no " + name,
        "The name or the tag is wrong, or it is hidden from these credentials.",
        "Check the name",
        cause);
  }

  static MlopsException unreachable(ImageReference name, Throwable cause) {
    return Code.REGISTRY_UNREACHABLE.problem(
        "The registry " + name.registry() + " does not answer",
        "",
        "Try it: curl -sS https://" + name.registry() + "/v2/",
        cause);
  }
}
