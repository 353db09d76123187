package dev.mlops.config;

import dev.mlops.config.YamlNode.Items;
import dev.mlops.config.YamlNode.Mapping;
import dev.mlops.config.YamlNode.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the anchors of a document name, and how much their aliases have repeated so far. */
final class Anchors {
  private static final int MOST_REPEATED = 20_000;

  private final Map<String, YamlNode> named = new HashMap<>();
  private int repeated;

  void name(String anchor, YamlNode node) {
    named.put(anchor, node);
  }

  /** Absent if no such anchor stands before. */
  Optional<YamlNode> repeat(String anchor) {
    Optional<YamlNode> node = Optional.ofNullable(named.get(anchor));
    node.ifPresent(found -> repeated += size(found));
    return node;
  }

  boolean haveRepeatedTooMuch() {
    return repeated > MOST_REPEATED;
  }

  private static int size(YamlNode node) {
    return switch (node) {
      case Scalar _ -> 1;
      case Items(Origin _, List<YamlNode> values) ->
          1 + values.stream().mapToInt(Anchors::size).sum();
      case Mapping(Origin _, Map<String, YamlNode.Entry> entries) ->
          1 + entries.values().stream().mapToInt(entry -> size(entry.value())).sum();
    };
  }
}
