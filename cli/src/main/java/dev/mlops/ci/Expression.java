package dev.mlops.ci;

import dev.mlops.config.Origin;
import dev.mlops.config.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an expression of a workflow refers to.
 *
 * @see <a href="https://docs.github.com/actions/reference/workflows-and-actions/expressions">
 *     Expressions</a>
 */
record Expression(Origin at, String text) {
  private static final Pattern BRACES = Pattern.compile("\\$\\{\\{(.*?)}}", Pattern.DOTALL);
  private static final Pattern STRING = Pattern.compile("'(?:[^']|'')*'");
  private static final Pattern NAME =
      Pattern.compile(
          "(?<![\\w.])[A-Za-z_][\\w-]*(?:\\s*\\.\\s*(?:[A-Za-z_][\\w-]*|\\*))*(\\s*\\()?");
  private static final List<String> LITERALS = List.of("true", "false", "null", "nan", "infinity");

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
    Matcher matcher = BRACES.matcher(scalar.text());
    while (matcher.find()) {
      found.add(new Expression(place(scalar, matcher.start()), matcher.group(1)));
    }
    return found;
  }

  /** A condition, which needs no braces. */
  static List<Expression> condition(Scalar scalar) {
    List<Expression> found = in(scalar);
    return found.isEmpty() ? List.of(new Expression(scalar.at(), scalar.text())) : found;
  }

  /** Braces that are opened and never closed. */
  static boolean isTorn(Scalar scalar) {
    return BRACES.matcher(scalar.text()).replaceAll("").contains("${{");
  }

  Stream<Reference> references() {
    return names().filter(name -> !name.endsWith("(")).map(this::reference);
  }

  /** Functions that are called. */
  Stream<String> functions() {
    return names()
        .filter(name -> name.endsWith("("))
        .map(name -> name.substring(0, name.length() - 1).strip());
  }

  private Stream<String> names() {
    // a['b'] is a.b; what else stands in quotes refers to nothing.
    String plain = text.replaceAll("\\[\\s*'([A-Za-z_][\\w-]*)'\\s*]", ".$1");
    plain = STRING.matcher(plain).replaceAll("''");
    return NAME.matcher(plain)
        .results()
        .map(match -> match.group().replaceAll("\\s+", ""))
        .filter(name -> !LITERALS.contains(name.toLowerCase(Locale.ROOT)));
  }

  private Reference reference(String name) {
    return new Reference(at, Arrays.asList(name.toLowerCase(Locale.ROOT).split("\\.")));
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
