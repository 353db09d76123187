package dev.mlops.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/** Finds the containers of any kind of object that runs pods, custom resources too. */
final class Containers {
  private static final String PLACEHOLDER = "DOCKER_IMAGE_PLACEHOLDER";

  private Containers() {}

  /** Containers and init containers; the nodes themselves, so that a change shows. */
  static Stream<ObjectNode> all(List<ObjectNode> manifests) {
    return manifests.stream().flatMap(Containers::of);
  }

  /** However deep the object has its pods' template. */
  static Stream<ObjectNode> of(JsonNode object) {
    Stream<ObjectNode> own =
        Stream.of(object.path("initContainers"), object.path("containers"))
            .filter(JsonNode::isArray)
            .flatMap(JsonNode::valueStream)
            .filter(container -> container.path("image").isTextual())
            .map(ObjectNode.class::cast);
    return Stream.concat(own, object.valueStream().flatMap(Containers::of));
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
