package dev.mlops.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/** Finds the containers of any kind of object that runs pods. */
final class Containers {
  private static final String PLACEHOLDER = "DOCKER_IMAGE_PLACEHOLDER";
  private static final List<String> POD_SPECS =
      List.of("/spec", "/spec/template/spec", "/spec/jobTemplate/spec/template/spec");

  private Containers() {}

  /** Containers and init containers; the nodes themselves, so that a change shows. */
  static Stream<ObjectNode> all(List<ObjectNode> manifests) {
    return manifests.stream().flatMap(Containers::of);
  }

  static Stream<ObjectNode> of(ObjectNode object) {
    return POD_SPECS.stream()
        .map(object::at)
        .flatMap(spec -> Stream.of(spec.path("initContainers"), spec.path("containers")))
        .flatMap(JsonNode::valueStream)
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast);
  }

  /** Whether a container runs the image of this name, or of this digest. */
  static boolean names(JsonNode container, String imageName) {
    String image = container.path("image").asText("");
    return image.equals(PLACEHOLDER)
        || image.endsWith("@" + imageName)
        || repository(image).equals(repository(imageName))
        || lastPart(image).equals(lastPart(imageName));
  }

  private static String lastPart(String image) {
    String repository = repository(image);
    return repository.substring(repository.lastIndexOf('/') + 1);
  }

  /** Without digest and tag; a colon before a slash belongs to the registry's port. */
  private static String repository(String image) {
    String named = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
    int colon = named.lastIndexOf(':');
    return colon > named.lastIndexOf('/') ? named.substring(0, colon) : named;
  }
}
