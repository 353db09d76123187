package dev.mlops.ci;

import dev.mlops.config.Origin;
import dev.mlops.config.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an expression of a workflow refers to.
 *
 * @see <a href="https://docs.github.com/actions/reference/workflows-and-actions/expressions">
 *     Expressions</a>
 */
record Expression(Origin at, String text) {
  private static final String OPEN = "${{";
  private static final String CLOSE = "}}";

  /**
   * A context and the way into it, such as {@code steps, build, outputs, digest}; in lower case,
   * since GitHub does not tell case apart.
   */
  record Reference(Origin at, List<String> path) {
    String context() {
      return path.getFirst();
    }

    Optional<String> name() {
      return path.size() > 1 ? Optional.of(path.get(1)) : Optional.empty();
    }

    String text() {
      return String.join(".", path);
    }
  }

  /** Every expression in a value. */
  static List<Expression> in(Scalar scalar) {
    List<Expression> found = new ArrayList<>();
    String text = scalar.text();
    for (int open = text.indexOf(OPEN); open >= 0; ) {
      int end = end(text, open + OPEN.length());
      if (end < 0) {
        break;
      }
      found.add(new Expression(place(scalar, open), text.substring(open + OPEN.length(), end)));
      open = text.indexOf(OPEN, end + CLOSE.length());
    }
    return found;
  }

  /** Where the braces close again, outside of quotes; negative if they don't. */
  private static int end(String text, int from) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '\'') {
        quoted = !quoted;
      } else if (!quoted && text.startsWith(CLOSE, i)) {
        return i;
      }
    }
    return quoted ? text.indexOf(CLOSE, from) : -1;
  }

  /** A condition, which needs no braces. */
  static List<Expression> condition(Scalar scalar) {
    List<Expression> found = in(scalar);
    return found.isEmpty() ? List.of(new Expression(scalar.at(), scalar.text())) : found;
  }

  /** Braces that are opened and never closed. */
  static boolean isTorn(Scalar scalar) {
    int last = scalar.text().lastIndexOf(OPEN);
    return last >= 0 && end(scalar.text(), last + OPEN.length()) < 0;
  }

  /** Why GitHub can't read it. */
  Optional<String> fault() {
    return ExpressionReader.read(text).fault();
  }

  Stream<Reference> references() {
    return ExpressionReader.read(text).references().stream().map(path -> new Reference(at, path));
  }

  /** Functions that are called, as they are written. */
  Stream<String> functions() {
    return ExpressionReader.read(text).functions().stream();
  }

  /** In a block of several lines the line itself is told, which the parser does not give. */
  private static Origin place(Scalar scalar, int offset) {
    int lines = (int) scalar.text().substring(0, offset).chars().filter(c -> c == '\n').count();
    boolean block = scalar.text().contains("\n");
    return block && scalar.at() instanceof Origin.InFile(String file, int line, int column, var e)
        ? new Origin.InFile(file, line + 1 + lines, column, e)
        : scalar.at();
  }
}
