package dev.mlops.service.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands in a model's file beside what ONNX Runtime tells of it: names of classes and of
 * categories. Field numbers are those of <a
 * href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>.
 */
final class Graph {
  private static final int MODEL_GRAPH = 7;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_OUTPUT = 12;
  private static final int VALUE_NAME = 1;
  private static final int VALUE_TYPE = 2;
  private static final int TYPE_TENSOR = 1;
  private static final int TENSOR_ELEMENT = 1;
  private static final int FLOAT = 1;

  private static final String ZIP_MAP = "ZipMap";
  private static final List<String> LABELS =
      List.of("classlabels_strings", "classlabels_int64s", "classlabels_ints");
  private static final List<String> CATEGORIES = List.of("cats_strings", "keys_strings");

  /** What exporters put between an input and its encoder. */
  private static final Set<String> RESHAPERS =
      Set.of("Identity", "Gather", "Reshape", "Squeeze", "Unsqueeze", "Flatten");

  private final Protobuf model;
  private final Protobuf graph;
  private final List<Node> nodes = new ArrayList<>();

  private Graph(Protobuf model) throws InvalidProtocolBufferException {
    this.model = model;
    List<Protobuf> graphs = model.messages(MODEL_GRAPH);
    this.graph = graphs.isEmpty() ? Protobuf.empty() : graphs.getLast();
    for (Protobuf node : graph.messages(GRAPH_NODE)) {
      nodes.add(Node.of(node));
    }
  }

  /** Nothing if the bytes are no message at all; what they lack otherwise, ONNX Runtime tells. */
  static Optional<Graph> of(byte[] bytes) {
    try {
      return Optional.of(new Graph(Protobuf.of(ByteString.copyFrom(bytes))));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  /** The classes that the last node with such names gives, in the order of their scores. */
  List<String> classes() {
    return nodes.reversed().stream()
        .map(node -> node.words(LABELS))
        .filter(words -> !words.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** The words that the encoder of an input knows, if no other input goes into it. */
  List<String> categories(String input) {
    Set<String> same = new HashSet<>(Set.of(input));
    // Nodes stand in the order in which they run.
    for (Node node : nodes) {
      if (node.inputs().stream().anyMatch(same::contains)) {
        List<String> words = node.words(CATEGORIES);
        if (!words.isEmpty()) {
          return words;
        }
        if (RESHAPERS.contains(node.operator())) {
          same.addAll(node.outputs());
        }
      }
    }
    return List.of();
  }

  /**
   * The model with the table of probabilities as its output where a ZipMap node makes a list of
   * maps of it: the same numbers, in a form that takes a tenth of the time to read.
   */
  ByteString withoutZipMaps() throws InvalidProtocolBufferException {
    List<ByteString> kept = new ArrayList<>();
    List<ByteString> outputs = new ArrayList<>(graph.bytes(GRAPH_OUTPUT));
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      if (node.operator().equals(ZIP_MAP)) {
        rename(outputs, node.outputs().getFirst(), node.inputs().getFirst());
      } else {
        kept.add(graph.bytes(GRAPH_NODE).get(i));
      }
    }
    Protobuf changed = graph.with(GRAPH_NODE, kept).with(GRAPH_OUTPUT, outputs);
    return model.with(MODEL_GRAPH, List.of(changed.toBytes())).toBytes();
  }

  boolean hasZipMap() {
    return nodes.stream().anyMatch(node -> node.operator().equals(ZIP_MAP));
  }

  private static void rename(List<ByteString> outputs, String from, String to)
      throws InvalidProtocolBufferException {
    Protobuf tensor = Protobuf.empty().with(TENSOR_ELEMENT, FLOAT);
    Protobuf type = Protobuf.empty().with(TYPE_TENSOR, List.of(tensor.toBytes()));
    Protobuf value =
        Protobuf.empty()
            .with(VALUE_NAME, List.of(ByteString.copyFromUtf8(to)))
            .with(VALUE_TYPE, List.of(type.toBytes()));
    for (int i = 0; i < outputs.size(); i++) {
      if (Protobuf.of(outputs.get(i)).text(VALUE_NAME).equals(from)) {
        outputs.set(i, value.toBytes());
      }
    }
  }
}
