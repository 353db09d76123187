package dev.mlops.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Adds a way out to a NetworkPolicy as text, so that comments and order stay. */
public final class EgressText {
  private EgressText() {}

  /**
   * @param policies names of those that are meant; the first one in the text gets the way out
   * @return absent if none of them is in the text, or it is not written line by line
   */
  public static Optional<String> add(String yaml, Collection<String> policies, WayOut way) {
    var trees = new YamlTrees();
    for (Node document : trees.compose(yaml)) {
      boolean meant =
          trees.toJson(document) instanceof ObjectNode object
              && NetworkPolicies.restricts(object)
              && policies.contains(object.at("/metadata/name").asText());
      Optional<Node> spec = meant ? child(document, "spec") : Optional.empty();
      if (spec.isPresent()) {
        return added(yaml.lines().toList(), (MappingNode) spec.get(), way);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> added(List<String> lines, MappingNode spec, WayOut way) {
    Optional<NodeTuple> egress =
        spec.getValue().stream().filter(tuple -> isNamed(tuple, "egress")).findFirst();
    if (spec.getFlowStyle() != FlowStyle.BLOCK) {
      return Optional.empty();
    }
    if (egress.isEmpty()) {
      Node first = spec.getValue().getFirst().getKeyNode();
      int column = first.getStartMark().getColumn();
      return inserted(lines, line(first), column, List.of("egress:"), column + 2, way);
    }
    Node value = egress.get().getValueNode();
    if (value instanceof SequenceNode rules && rules.getFlowStyle() == FlowStyle.BLOCK) {
      return inserted(lines, line(value), 0, List.of(), value.getStartMark().getColumn(), way);
    }
    Node key = egress.get().getKeyNode();
    boolean empty =
        value instanceof SequenceNode rules
            && rules.getValue().isEmpty()
            && line(value) == line(key)
            && value.getEndMark().getLine() == line(key);
    if (!empty) {
      return Optional.empty();
    }
    List<String> without = new ArrayList<>(lines);
    String after = lines.get(line(key)).substring(value.getEndMark().getColumn());
    without.set(
        line(key), lines.get(line(key)).substring(0, key.getEndMark().getColumn()) + ":" + after);
    return inserted(without, line(key) + 1, 0, List.of(), key.getStartMark().getColumn() + 2, way);
  }

  private static Optional<String> inserted(
      List<String> lines, int at, int column, List<String> head, int deeper, WayOut way) {
    List<String> all = new ArrayList<>(lines);
    List<String> more = new ArrayList<>();
    head.forEach(line -> more.add(" ".repeat(column) + line));
    way.rules().forEach(rule -> more.add(" ".repeat(deeper) + rule));
    all.addAll(at, more);
    return Optional.of(String.join("\n", all) + "\n");
  }

  private static int line(Node node) {
    return node.getStartMark().getLine();
  }

  private static boolean isNamed(NodeTuple tuple, String key) {
    return tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key);
  }

  private static Optional<Node> child(Node node, String key) {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .filter(tuple -> isNamed(tuple, key))
            .map(NodeTuple::getValueNode)
            .findFirst()
        : Optional.empty();
  }
}
