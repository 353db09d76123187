package dev.mlops.service.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node of a graph, with those of its attributes that hold words or whole numbers.
 *
 * @param attributes lists of texts by name; numbers as their decimals
 */
record Node(
    String operator,
    List<String> inputs,
    List<String> outputs,
    Map<String, List<String>> attributes) {
  private static final int INPUT = 1;
  private static final int OUTPUT = 2;
  private static final int OPERATOR = 4;
  private static final int ATTRIBUTE = 5;
  private static final int ATTRIBUTE_NAME = 1;
  private static final int INTS = 8;
  private static final int STRINGS = 9;

  static Node of(Protobuf node) throws InvalidProtocolBufferException {
    Map<String, List<String>> attributes = new HashMap<>();
    for (Protobuf attribute : node.messages(ATTRIBUTE)) {
      List<String> values = new ArrayList<>(attribute.texts(STRINGS));
      attribute.numbers(INTS).forEach(number -> values.add(Long.toString(number)));
      if (!values.isEmpty()) {
        attributes.put(attribute.text(ATTRIBUTE_NAME), values);
      }
    }
    return new Node(
        node.text(OPERATOR), node.texts(INPUT), node.texts(OUTPUT), Map.copyOf(attributes));
  }

  /** The first of these attributes that there is, else nothing. */
  List<String> words(List<String> names) {
    return names.stream()
        .filter(attributes::containsKey)
        .findFirst()
        .map(attributes::get)
        .orElse(List.of());
  }
}
