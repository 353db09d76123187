package dev.mlops.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.Code;
import java.nio.file.Path;
import java.util.List;

/** The user's manifests: objects of any kind, in the order of the files. */
public final class Manifests {
  private Manifests() {}

  /**
   * Reads every {@code *.yaml}, {@code *.yml} and {@code *.json} of a folder, by name, not of its
   * sub-folders. Objects in a {@code List} are taken out of it; unknown kinds pass through.
   *
   * @throws dev.mlops.problem.MlopsException with every problem of every file, each with its file,
   *     document and line
   */
  public static List<ObjectNode> load(Path folder) {
    return new ManifestReader(folder).read();
  }

  /**
   * Copies of the manifests in which each container that names the project's image has the
   * release's.
   *
   * @param imageName the image's name as the config has it, such as {@code iris}: a container names
   *     it by the last part of its repository, with any registry, tag or digest; {@code
   *     DOCKER_IMAGE_PLACEHOLDER} names it too
   * @param reference what goes there, such as {@code registry.example.com/iris@sha256:…}
   * @throws dev.mlops.problem.MlopsException if no container names it
   */
  public static List<ObjectNode> withImage(
      List<ObjectNode> manifests, String imageName, String reference) {
    List<ObjectNode> copies = manifests.stream().map(ObjectNode::deepCopy).toList();
    List<ObjectNode> named =
        Containers.all(copies).filter(c -> Containers.names(c, imageName)).toList();
    if (named.isEmpty()) {
      throw noContainer(copies, imageName);
    }
    named.forEach(container -> container.put("image", reference));
    return copies;
  }

  static RuntimeException noContainer(List<ObjectNode> manifests, String imageName) {
    List<String> images =
        Containers.all(manifests).map(container -> container.path("image").asText("")).toList();
    return Code.MANIFEST_NO_WORKLOAD.problem(
        "No container in the manifests runs the image `" + imageName + "`",
        images.isEmpty()
            ? "There is no Deployment, or it has no containers."
            : "The containers run: " + String.join(", ", images) + ".",
        "Write `image: " + imageName + "` in the container that is to run the service.");
  }
}
