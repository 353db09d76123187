package dev.mlops.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Whom the pods run as. */
public final class ServiceAccounts {
  private ServiceAccounts() {}

  /** What the first Deployment names. */
  public static Optional<String> ofPods(List<ObjectNode> manifests) {
    return manifests.stream()
        .filter(object -> object.path("kind").asText().equals("Deployment"))
        .map(object -> object.at("/spec/template/spec/serviceAccountName").asText())
        .filter(name -> !name.isEmpty())
        .findFirst();
  }
}
