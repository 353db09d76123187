package dev.mlops.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Environment variables of the containers that run the release's image. */
public final class ContainerVariables {
  private ContainerVariables() {}

  /** What a variable is set to, as far as a manifest says it in so many words. */
  public static Optional<String> find(List<ObjectNode> manifests, String imageName, String name) {
    return Containers.all(manifests)
        .filter(container -> Containers.names(container, imageName))
        .flatMap(container -> container.path("env").valueStream())
        .filter(variable -> variable.path("name").asText().equals(name))
        .map(variable -> variable.path("value").asText())
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /** The manifests with one more variable, but for containers that have one of this name. */
  public static List<ObjectNode> with(
      List<ObjectNode> manifests, String imageName, String name, String value) {
    List<ObjectNode> copies = manifests.stream().map(ObjectNode::deepCopy).toList();
    Containers.all(copies)
        .filter(container -> Containers.names(container, imageName))
        .filter(container -> !has(container, name))
        .forEach(container ->
            container.withArray("/env").addObject().put("name", name).put("value", value));
    return copies;
  }

  private static boolean has(JsonNode container, String name) {
    return container
        .path("env")
        .valueStream()
        .anyMatch(variable -> variable.path("name").asText().equals(name));
  }
}
