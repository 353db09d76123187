package dev.mlops.ci;

import dev.mlops.config.DidYouMean;
import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Entry;
import dev.mlops.config.YamlNode.Items;
import dev.mlops.config.YamlNode.Kind;
import dev.mlops.config.YamlNode.Mapping;
import dev.mlops.config.YamlNode.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What may stand at a place of a workflow. An expression may stand for all of it. */
sealed interface Shape {
  String UNKNOWN = "unknown-key";
  String MISSING = "missing-key";
  String WRONG = "bad-value";

  /** What another rule reads. */
  record Anything() implements Shape {}

  /** A text, a number or a truth. */
  record Text() implements Shape {}

  /** These keys and no others. */
  record Keys(Map<String, Shape> known, Set<String> required) implements Shape {
    public Keys {
      known = Map.copyOf(known);
      required = Set.copyOf(required);
    }
  }

  /** Keys of the user's own choice. */
  record Named(Shape value) implements Shape {}

  /** One or more of the same. */
  record Many(Shape item) implements Shape {}

  /** Whichever of them is of the kind that stands there. */
  record Either(List<Shape> shapes) implements Shape {
    public Either {
      shapes = List.copyOf(shapes);
    }
  }

  /** Says where the node is not of this shape. */
  default void check(YamlNode node, Findings findings) {
    if (node instanceof Scalar scalar
        && (scalar.kind() == Kind.NULL || scalar.text().contains("${{"))) {
      return;
    }
    if (!takes(node)) {
      findings.error(node.at(), WRONG, "expected " + describe() + ", not " + node.describe());
      return;
    }
    switch (this) {
      case Anything _, Text _ -> {}
      case Keys keys -> keys((Mapping) node, keys, findings);
      case Named named -> named((Mapping) node, named.value(), findings);
      case Many many -> many((Items) node, many.item(), findings);
      case Either either ->
          either.shapes().stream()
              .filter(shape -> shape.takes(node))
              .findFirst()
              .ifPresent(shape -> shape.check(node, findings));
    }
  }

  /** Whether the node is of the kind, whatever is in it. */
  private boolean takes(YamlNode node) {
    return switch (this) {
      case Anything _ -> true;
      case Text _ -> node instanceof Scalar;
      case Keys _, Named _ -> node instanceof Mapping;
      case Many _ -> node instanceof Items;
      case Either either -> either.shapes().stream().anyMatch(shape -> shape.takes(node));
    };
  }

  private String describe() {
    return switch (this) {
      case Anything _ -> "anything";
      case Text _ -> "a text";
      case Keys _, Named _ -> "keys";
      case Many _ -> "a list";
      case Either either ->
          String.join(" or ", either.shapes().stream().map(Shape::describe).toList());
    };
  }

  private static void keys(Mapping node, Keys keys, Findings findings) {
    for (Map.Entry<String, Entry> entry : node.entries().entrySet()) {
      Shape shape = keys.known().get(entry.getKey());
      if (shape != null) {
        shape.check(entry.getValue().value(), findings);
      } else if (!merges(entry, findings)) {
        findings.error(
            entry.getValue().keyAt(),
            UNKNOWN,
            "unknown key '"
                + entry.getKey()
                + "'"
                + DidYouMean.hint(entry.getKey(), new TreeSet<>(keys.known().keySet())));
      }
    }
    for (String key : new TreeSet<>(keys.required())) {
      if (isAbsent(node.entries().get(key))) {
        findings.error(node.at(), MISSING, "`" + key + "` is missing");
      }
    }
  }

  private static void named(Mapping node, Shape value, Findings findings) {
    for (Map.Entry<String, Entry> entry : node.entries().entrySet()) {
      if (!merges(entry, findings)) {
        value.check(entry.getValue().value(), findings);
      }
    }
  }

  private static void many(Items node, Shape item, Findings findings) {
    if (node.values().isEmpty()) {
      findings.error(node.at(), WRONG, "nothing is in the list");
    }
    node.values().forEach(value -> item.check(value, findings));
  }

  /** GitHub knows anchors, and not the key that merges them into others. */
  private static boolean merges(Map.Entry<String, Entry> entry, Findings findings) {
    boolean merges = entry.getKey().equals("<<");
    if (merges) {
      findings.error(
          entry.getValue().keyAt(), UNKNOWN, "GitHub does not merge by `<<`; repeat the keys");
    }
    return merges;
  }

  private static boolean isAbsent(Entry entry) {
    return entry == null || (entry.value() instanceof Scalar scalar && scalar.kind() == Kind.NULL);
  }
}
