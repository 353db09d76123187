package dev.mlops.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A part of an object and its path; reads values, and notes the wrong ones instead of throwing so
 * that all of them are told at once.
 */
record Tree(JsonNode node, String path, List<String> problems) {

  Tree at(String key) {
    return new Tree(node.path(key), path + "." + key, problems);
  }

  boolean isPresent() {
    return !node.isMissingNode() && !node.isNull();
  }

  List<Tree> items() {
    return node.valueStream().map(item -> new Tree(item, path + "[]", problems)).toList();
  }

  String text(String key, String otherwise) {
    return node.path(key).asText(otherwise);
  }

  List<String> texts(String key) {
    return node.path(key).valueStream().map(JsonNode::asText).toList();
  }

  /** A whole number of at least {@code least}. */
  int whole(String key, int otherwise, int least) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < least) {
      problems.add(at(key).path + ": expected a whole number from " + least + ", not " + value);
      return otherwise;
    }
    return value.intValue();
  }

  OptionalLong quantity(String key, Function<Quantity, Long> unit) {
    Tree value = at(key);
    if (!value.isPresent()) {
      return OptionalLong.empty();
    }
    return parsed(key, text -> OptionalLong.of(unit.apply(Quantity.parse(text))))
        .orElse(OptionalLong.empty());
  }

  private <T> Optional<T> parsed(String key, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(node.path(key).asText()));
    } catch (IllegalArgumentException | ArithmeticException e) {
      problems.add(at(key).path + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** A count such as 1 or a share such as 25 %. */
  WorkloadSpec.Share share(String key) {
    if (!at(key).isPresent()) {
      return new WorkloadSpec.Share(25, true);
    }
    String text = node.path(key).asText();
    boolean percent = text.endsWith("%");
    return parsed(key, t -> Integer.parseUnsignedInt(percent ? t.substring(0, t.length() - 1) : t))
        .map(amount -> new WorkloadSpec.Share(amount, percent))
        .orElse(new WorkloadSpec.Share(25, true));
  }
}
