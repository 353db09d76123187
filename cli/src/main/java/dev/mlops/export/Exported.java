package dev.mlops.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A release, to be written in some form.
 *
 * @param name of the project
 * @param release its name
 * @param namespace where it runs
 * @param image repository and digest, as its containers name it
 * @param objects as they were applied, without labels of mlops
 * @param withheld what is not among them because its values were not kept, such as "Secret keys"
 */
public record Exported(
    String name,
    String release,
    String namespace,
    ImageName image,
    List<ObjectNode> objects,
    List<String> withheld) {

  /**
   * @param repository such as {@code registry.example.com/team/iris}
   * @param digest such as {@code sha256:…}
   */
  public record ImageName(String repository, String digest) {
    public static ImageName parse(String reference) {
      int at = reference.indexOf('@');
      return new ImageName(reference.substring(0, at), reference.substring(at + 1));
    }

    @Override
    public String toString() {
      return repository + "@" + digest;
    }
  }

  public Exported {
    objects = List.copyOf(objects);
    withheld = List.copyOf(withheld);
  }

  /** Whether some object says itself where it lies. */
  boolean namesNamespaces() {
    return objects.stream().anyMatch(object -> object.at("/metadata").has("namespace"));
  }

  /** Copies by file name, such as {@code deployment-iris.yaml}. */
  Map<String, ObjectNode> files() {
    Map<String, ObjectNode> files = new LinkedHashMap<>();
    for (ObjectNode object : objects) {
      String stem =
          (object.path("kind").asText() + "-" + object.at("/metadata/name").asText())
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^a-z0-9.-]+", "-");
      String file = stem + ".yaml";
      for (int i = 2; files.containsKey(file); i++) {
        file = stem + "-" + i + ".yaml";
      }
      files.put(file, object.deepCopy());
    }
    return files;
  }

  /** Containers of the object that run the image. */
  Stream<ObjectNode> containers(ObjectNode object) {
    List<ObjectNode> found = new ArrayList<>();
    collect(object, found);
    return found.stream();
  }

  private void collect(JsonNode node, List<ObjectNode> found) {
    if (node instanceof ObjectNode object
        && object.path("image").asText().equals(image.toString())) {
      found.add(object);
    }
    node.forEach(child -> collect(child, found));
  }
}
