package dev.mlops.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Adds annotations to the pods of a manifest as text, so that comments and order stay. */
public final class PodAnnotations {
  private PodAnnotations() {}

  /**
   * The text with what it lacks of the annotations.
   *
   * @param imageName of the container whose Deployment is meant
   * @return absent if no Deployment in it runs the image, or it is not written line by line
   */
  public static Optional<String> add(
      String yaml, String imageName, Map<String, String> annotations) {
    var trees = new YamlTrees();
    for (Node document : trees.compose(yaml)) {
      boolean meant =
          trees.toJson(document) instanceof ObjectNode object
              && object.path("kind").asText().equals("Deployment")
              && Containers.of(object).anyMatch(c -> Containers.names(c, imageName));
      if (meant) {
        return child(document, "spec")
            .flatMap(spec -> child(spec, "template"))
            .flatMap(template -> added(yaml, template, annotations));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> added(String yaml, Node template, Map<String, String> wanted) {
    Optional<Node> metadata = child(template, "metadata");
    if (metadata.isEmpty()) {
      return place(template).map(at -> insert(yaml, at, "metadata:", "  annotations:", wanted));
    }
    Optional<Node> present = child(metadata.get(), "annotations");
    if (present.isEmpty()) {
      return place(metadata.get()).map(at -> insert(yaml, at, "", "annotations:", wanted));
    }
    List<String> names = keys(present.get()).map(ScalarNode::getValue).toList();
    Map<String, String> missing = new TreeMap<>(wanted);
    missing.keySet().removeAll(names);
    return missing.isEmpty()
        ? Optional.of(yaml)
        : place(present.get()).map(at -> insert(yaml, at, "", "", missing));
  }

  /** Where the first key of a block stands. */
  private record Place(int line, int column) {}

  private static Optional<Place> place(Node node) {
    return node instanceof MappingNode mapping && mapping.getFlowStyle() == FlowStyle.BLOCK
        ? keys(node)
            .findFirst()
            .map(key -> new Place(key.getStartMark().getLine(), key.getStartMark().getColumn()))
        : Optional.empty();
  }

  private static String insert(
      String yaml, Place at, String outer, String inner, Map<String, String> annotations) {
    List<String> lines = new ArrayList<>(yaml.lines().toList());
    String own = " ".repeat(at.column());
    List<String> more = new ArrayList<>();
    Stream.of(outer, inner).filter(key -> !key.isEmpty()).forEach(key -> more.add(own + key));
    String deeper = own + (outer.isEmpty() ? "" : "  ") + (inner.isEmpty() ? "" : "  ");
    annotations.forEach((name, value) -> more.add(deeper + name + ": \"" + value + "\""));
    lines.addAll(at.line(), more);
    return String.join("\n", lines) + "\n";
  }

  private static Optional<Node> child(Node node, String key) {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .filter(tuple ->
                tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key))
            .map(NodeTuple::getValueNode)
            .findFirst()
        : Optional.empty();
  }

  private static Stream<ScalarNode> keys(Node node) {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .map(NodeTuple::getKeyNode)
            .filter(ScalarNode.class::isInstance)
            .map(ScalarNode.class::cast)
        : Stream.empty();
  }
}
