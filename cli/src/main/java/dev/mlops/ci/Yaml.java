package dev.mlops.ci;

import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Entry;
import dev.mlops.config.YamlNode.Items;
import dev.mlops.config.YamlNode.Mapping;
import dev.mlops.config.YamlNode.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Ways into a tree of YAML that do not mind what is not there. */
final class Yaml {
  private Yaml() {}

  static Optional<YamlNode> at(YamlNode node, String key) {
    return node instanceof Mapping mapping
        ? Optional.ofNullable(mapping.entries().get(key)).map(Entry::value)
        : Optional.empty();
  }

  static Optional<String> text(YamlNode node, String key) {
    return scalar(node, key).map(Scalar::text);
  }

  static Optional<Scalar> scalar(YamlNode node, String key) {
    return at(node, key).filter(Scalar.class::isInstance).map(Scalar.class::cast);
  }

  /** The mapping's entries; none if it is something else. */
  static void each(Optional<YamlNode> node, BiConsumer<String, Entry> visit) {
    if (node.orElse(null) instanceof Mapping mapping) {
      mapping.entries().forEach(visit);
    }
  }

  /** The scalars of a list, or the scalar itself: many keys of a workflow take either. */
  static List<Scalar> oneOrMany(Optional<YamlNode> node) {
    return switch (node.orElse(null)) {
      case Scalar scalar -> List.of(scalar);
      case Items items ->
          items.values().stream().filter(Scalar.class::isInstance).map(Scalar.class::cast).toList();
      case Mapping _ -> List.of();
      case null -> List.of();
    };
  }
}
