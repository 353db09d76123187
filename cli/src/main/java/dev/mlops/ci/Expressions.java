package dev.mlops.ci;

import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Items;
import dev.mlops.config.YamlNode.Mapping;
import dev.mlops.config.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Finds expressions below a node. */
final class Expressions {
  private Expressions() {}

  /** Every expression below a key's value; a condition needs no braces. */
  static List<Expression> under(String key, YamlNode value) {
    if (key.equals("if") && value instanceof Scalar condition) {
      return Expression.condition(condition);
    }
    List<Expression> found = new ArrayList<>();
    each(value, scalar -> found.addAll(Expression.in(scalar)));
    return found;
  }

  /** Every value below a node, itself included. */
  static void each(YamlNode node, Consumer<Scalar> visit) {
    switch (node) {
      case Scalar scalar -> visit.accept(scalar);
      case Items items -> items.values().forEach(item -> each(item, visit));
      case Mapping mapping ->
          mapping.entries().values().forEach(entry -> each(entry.value(), visit));
    }
  }
}
