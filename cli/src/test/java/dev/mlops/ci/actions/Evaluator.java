package dev.mlops.ci.actions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GitHub's expressions, as far as our workflows use them; anything else is an error, not a guess.
 *
 * @see <a href="https://docs.github.com/actions/reference/workflows-and-actions/expressions">
 *     Expressions</a>
 */
final class Evaluator {
  private static final Pattern BRACES = Pattern.compile("\\$\\{\\{(.*?)}}", Pattern.DOTALL);
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*('(?:[^']|'')*'|-?\\d+(?:\\.\\d+)?|&&|\\|\\||==|!=|[!().,]|[A-Za-z_][\\w-]*)");

  private final ObjectNode contexts;
  private final BiFunction<String, List<JsonNode>, JsonNode> functions;
  private List<String> tokens = List.of();
  private int at;

  /**
   * @param functions those that depend on the job: {@code success}, {@code hashFiles} …
   */
  Evaluator(ObjectNode contexts, BiFunction<String, List<JsonNode>, JsonNode> functions) {
    this.contexts = contexts;
    this.functions = functions;
  }

  /** A text with expressions in it. */
  String text(String template) {
    Matcher braces = BRACES.matcher(template);
    return braces.replaceAll(match -> Matcher.quoteReplacement(string(evaluate(match.group(1)))));
  }

  /** A condition; without a word on the status it asks for success too. */
  boolean condition(String condition) {
    Matcher braces = BRACES.matcher(condition.strip());
    String expression = braces.matches() ? braces.group(1) : condition;
    boolean asks = expression.matches("(?s).*\\b(always|success|failure|cancelled)\\s*\\(.*");
    return (asks || truth(functions.apply("success", List.of()))) && truth(evaluate(expression));
  }

  private JsonNode evaluate(String expression) {
    List<String> found = new ArrayList<>();
    Matcher token = TOKEN.matcher(expression);
    int end = 0;
    while (token.lookingAt()) {
      found.add(token.group(1));
      end = token.end();
      token.region(end, expression.length());
    }
    if (!expression.substring(end).isBlank()) {
      throw new IllegalArgumentException("can't evaluate: " + expression);
    }
    tokens = found;
    at = 0;
    JsonNode value = or();
    if (at != tokens.size()) {
      throw new IllegalArgumentException("can't evaluate: " + expression);
    }
    return value;
  }

  private JsonNode or() {
    JsonNode left = and();
    while (take("||")) {
      JsonNode right = and();
      left = truth(left) ? left : right;
    }
    return left;
  }

  private JsonNode and() {
    JsonNode left = equality();
    while (take("&&")) {
      JsonNode right = equality();
      left = truth(left) ? right : left;
    }
    return left;
  }

  private JsonNode equality() {
    JsonNode left = unary();
    if (take("==")) {
      return BooleanNode.valueOf(same(left, unary()));
    }
    return take("!=") ? BooleanNode.valueOf(!same(left, unary())) : left;
  }

  private JsonNode unary() {
    return take("!") ? BooleanNode.valueOf(!truth(unary())) : primary();
  }

  private JsonNode primary() {
    if (take("(")) {
      JsonNode inner = or();
      expect(")");
      return inner;
    }
    String token = tokens.get(at++);
    if (token.startsWith("'")) {
      return new TextNode(token.substring(1, token.length() - 1).replace("''", "'"));
    }
    if (token.matches("-?\\d.*")) {
      return new DoubleNode(Double.parseDouble(token));
    }
    return take("(") ? call(token) : reference(token);
  }

  private JsonNode call(String name) {
    List<JsonNode> arguments = new ArrayList<>();
    while (!take(")")) {
      arguments.add(or());
      take(",");
    }
    return switch (name) {
      case "contains" ->
          BooleanNode.valueOf(string(arguments.get(0)).contains(string(arguments.get(1))));
      case "startsWith" ->
          BooleanNode.valueOf(string(arguments.get(0)).startsWith(string(arguments.get(1))));
      case "fromJSON" -> json(string(arguments.getFirst()));
      default -> functions.apply(name, arguments);
    };
  }

  private JsonNode reference(String name) {
    if (name.equals("true") || name.equals("false")) {
      return BooleanNode.valueOf(name.equals("true"));
    }
    if (!contexts.has(name)) {
      throw new IllegalArgumentException("no context " + name);
    }
    JsonNode value = contexts.get(name);
    while (take(".")) {
      value = value.path(tokens.get(at++));
    }
    return value.isMissingNode() ? NullNode.getInstance() : value;
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
      throw new IllegalArgumentException("expected " + token + " in " + tokens);
    }
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static boolean same(JsonNode a, JsonNode b) {
    boolean numbers = a.isNumber() && b.isNumber();
    return numbers ? a.asDouble() == b.asDouble() : string(a).equalsIgnoreCase(string(b));
  }

  private static boolean truth(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL, MISSING -> false;
      case BOOLEAN -> value.asBoolean();
      case NUMBER -> value.asDouble() != 0;
      case STRING -> !value.asText().isEmpty();
      case ARRAY, OBJECT, BINARY, POJO -> true;
    };
  }

  private static String string(JsonNode value) {
    if (value.isNull()) {
      return "";
    }
    boolean isWhole = value.isDouble() && value.asDouble() == value.asLong();
    return isWhole ? Long.toString(value.asLong()) : value.asText();
  }
}
