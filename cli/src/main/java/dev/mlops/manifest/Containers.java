package dev.mlops.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the containers of any kind of object that runs pods, custom resources too. */
final class Containers {
  private static final String PLACEHOLDER = "DOCKER_IMAGE_PLACEHOLDER";

  private static final List<String> LISTS = List.of("initContainers", "containers");

  private Containers() {}

  /** Containers and init containers; the nodes themselves, so that a change shows. */
  static Stream<ObjectNode> all(List<ObjectNode> manifests) {
    return manifests.stream().flatMap(Containers::of);
  }

  /** However deep the object has its pods' template; in a custom resource also what is like one. */
  static Stream<ObjectNode> of(JsonNode object) {
    return isCustom(object) ? Stream.concat(listed(object), others(object)) : listed(object);
  }

  /** Kinds of Kubernetes' own have their images in containers, or none; definitions are no pods. */
  private static boolean isCustom(JsonNode object) {
    String group = object.path("apiVersion").asText("").replaceFirst("/?[^/]*$", "");
    return group.contains(".") && !group.equals("apiextensions.k8s.io");
  }

  /**
   * What has an image without being in a list of containers, such as a driver of Spark, a step of
   * Tekton or a script of Argo. Elsewhere an address without a digest may well be a thing to look
   * at and not one to run, as in Flux's ImageRepository.
   */
  private static Stream<ObjectNode> others(JsonNode object) {
    return object
        .propertyStream()
        .filter(property -> !LISTS.contains(property.getKey()))
        .map(Map.Entry::getValue)
        .flatMap(value -> value.isArray() ? value.valueStream() : Stream.of(value))
        .flatMap(value ->
            Stream.concat(
                Stream.of(value)
                    .filter(node -> isToRun(node.path("image")))
                    .map(ObjectNode.class::cast),
                others(value)));
  }

  private static boolean isToRun(JsonNode image) {
    String name = image.asText("");
    return image.isTextual() && (!name.contains("/") || name.contains("@"));
  }

  private static Stream<ObjectNode> listed(JsonNode object) {
    Stream<ObjectNode> own =
        LISTS.stream()
            .map(object::path)
            .filter(JsonNode::isArray)
            .flatMap(JsonNode::valueStream)
            .filter(container -> container.path("image").isTextual())
            .map(ObjectNode.class::cast);
    return Stream.concat(own, object.valueStream().flatMap(Containers::listed));
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
