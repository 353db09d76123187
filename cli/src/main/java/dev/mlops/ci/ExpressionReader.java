package dev.mlops.ci;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an expression by GitHub's grammar: what it refers to, which functions it calls, and where
 * it can't be read any further.
 *
 * @see <a href="https://docs.github.com/actions/reference/workflows-and-actions/expressions">
 *     Expressions</a>
 */
final class ExpressionReader {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:('(?:[^']|'')*')|(-?(?:0x[0-9a-fA-F]+|\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?))"
              + "|([A-Za-z_][\\w-]*)|(&&|\\|\\||==|!=|<=|>=|[!<>().,*\\[\\]]))");

  private static final Set<String> LITERALS = Set.of("true", "false", "null", "nan", "infinity");
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  /**
   * @param references ways into contexts, in lower case; a star for what is only known when it runs
   * @param functions as they are written
   * @param fault why it can't be read; absent if it can
   */
  record Reading(List<List<String>> references, List<String> functions, Optional<String> fault) {}

  private final List<List<String>> references = new ArrayList<>();
  private final List<String> functions = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();
  private int at;

  private ExpressionReader() {}

  static Reading read(String text) {
    var reader = new ExpressionReader();
    Optional<String> fault = Optional.empty();
    try {
      reader.split(text);
      reader.whole();
    } catch (Unreadable e) {
      fault = Optional.of(e.getMessage());
    }
    return new Reading(List.copyOf(reader.references), List.copyOf(reader.functions), fault);
  }

  private void split(String text) {
    Matcher token = TOKEN.matcher(text);
    int end = 0;
    while (token.lookingAt()) {
      tokens.add(token.group().strip());
      end = token.end();
      token.region(end, text.length());
    }
    String rest = text.substring(end).strip();
    if (!rest.isEmpty()) {
      throw new Unreadable(
          rest.startsWith("\"")
              ? "text stands in single quotes here, not in double ones"
              : rest.startsWith("'") ? "a quote is not closed" : "`" + rest + "` is unexpected");
    }
  }

  private void whole() {
    if (tokens.isEmpty()) {
      throw new Unreadable("there is nothing in it");
    }
    or();
    if (at < tokens.size()) {
      throw new Unreadable("`" + tokens.get(at) + "` is unexpected");
    }
  }

  private void or() {
    do {
      and();
    } while (take("||"));
  }

  private void and() {
    do {
      comparison();
    } while (take("&&"));
  }

  private void comparison() {
    unary();
    while (at < tokens.size() && COMPARISONS.contains(tokens.get(at))) {
      at++;
      unary();
    }
  }

  private void unary() {
    while (take("!")) {
      // however many
    }
    List<String> path = primary();
    while (at < tokens.size() && (tokens.get(at).equals(".") || tokens.get(at).equals("["))) {
      path.add(take(".") ? property() : index());
    }
    if (!path.isEmpty() && !path.getFirst().isEmpty()) {
      references.add(List.copyOf(path));
    }
  }

  /** A context's name; an empty name for what is none, whose properties say nothing. */
  private List<String> primary() {
    String token = next();
    List<String> path = new ArrayList<>(List.of(""));
    if (token.equals("(")) {
      or();
      expect(")");
    } else if (isName(token)) {
      if (take("(")) {
        call(token);
      } else if (!LITERALS.contains(token.toLowerCase(Locale.ROOT))) {
        path.set(0, token.toLowerCase(Locale.ROOT));
      }
    } else if (!token.matches("(?s)'.*|-?\\d.*")) {
      throw new Unreadable("`" + token + "` is unexpected");
    }
    return path;
  }

  private void call(String name) {
    functions.add(name);
    String first = at < tokens.size() ? tokens.get(at) : "";
    int count = 0;
    if (!take(")")) {
      do {
        or();
        count++;
      } while (take(","));
      expect(")");
    }
    ExpressionFunctions.fault(name, first, count)
        .ifPresent(fault -> {
          throw new Unreadable(fault);
        });
  }

  private String property() {
    String name = next();
    if (!isName(name) && !name.equals("*")) {
      throw new Unreadable("`" + name + "` is no name of a property");
    }
    return name.toLowerCase(Locale.ROOT);
  }

  private String index() {
    expect("[");
    boolean isText =
        at + 1 < tokens.size() && tokens.get(at).startsWith("'") && tokens.get(at + 1).equals("]");
    String name = "*";
    if (isText) {
      String quoted = next();
      name = quoted.substring(1, quoted.length() - 1).toLowerCase(Locale.ROOT);
    } else if (!take("*")) {
      or();
    }
    expect("]");
    return name;
  }

  private static boolean isName(String token) {
    return token.matches("[A-Za-z_][\\w-]*");
  }

  private String next() {
    if (at == tokens.size()) {
      throw new Unreadable("it ends too early");
    }
    return tokens.get(at++);
  }

  private boolean take(String token) {
    boolean there = at < tokens.size() && tokens.get(at).equals(token);
    if (there) {
      at++;
    }
    return there;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw new Unreadable(
          at == tokens.size()
              ? "`" + token + "` is missing at its end"
              : "expected `" + token + "` before `" + tokens.get(at) + "`");
    }
  }

  /** What stands there is no expression. */
  private static final class Unreadable extends RuntimeException {
    Unreadable(String message) {
      super(message);
    }
  }
}
