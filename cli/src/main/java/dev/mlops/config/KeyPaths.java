package dev.mlops.config;

import java.util.ArrayList;
import java.util.List;

/** The paths of all keys, such as {@code model.gate.accuracy}. */
final class KeyPaths {
  private KeyPaths() {}

  /** Every key that holds a value; a map or a list is one. */
  static List<String> of(Class<? extends Record> root) {
    List<String> paths = new ArrayList<>();
    collect(Shape.of(root), "", paths);
    return paths;
  }

  /** Whether a value of the key is taken as it is written, whatever YAML would make of it. */
  static boolean isText(Class<? extends Record> root, String path) {
    Shape shape = Shape.of(root);
    for (String name : path.split("\\.", -1)) {
      if (!(shape instanceof Shape.Section section) || section.key(name).isEmpty()) {
        return false;
      }
      shape = section.key(name).get().shape();
    }
    return switch (shape) {
      case Shape.Value value -> value.type().kind() == YamlNode.Kind.TEXT;
      case Shape.Choice _ -> true;
      case Shape.Section _, Shape.MapOf _, Shape.ListOf _ -> false;
    };
  }

  private static void collect(Shape.Section section, String prefix, List<String> paths) {
    for (Shape.Key key : section.keys()) {
      String path = prefix + key.name();
      switch (key.shape()) {
        case Shape.Section inner -> collect(inner, path + ".", paths);
        case Shape.Value _, Shape.Choice _, Shape.ListOf _, Shape.MapOf _ -> paths.add(path);
      }
    }
  }
}
