package dev.mlops.service.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.mlops.service.artifact.CategoryFeature;
import dev.mlops.service.artifact.Feature;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** So many rows at once, again and again over the same memory. For one thread. */
final class Batch implements AutoCloseable {
  private final OnnxModel model;
  private final List<Feed> feeds = new ArrayList<>();
  private final Map<String, OnnxTensor> tensors = new HashMap<>();
  private final Set<String> wanted;

  Batch(OnnxModel model, List<Feature> features, int rows) {
    this.model = model;
    this.wanted = Set.of(model.output().name());
    for (InputTensor input : model.inputs()) {
      feeds.add(new Feed(model.environment(), input, rows, words(input, features)));
    }
  }

  /** Puts the values of one row in their places. */
  void put(int row, double[] values) {
    for (Feed feed : feeds) {
      feed.put(row, values);
    }
  }

  /**
   * Runs the model on what was put.
   *
   * @return the output's values, row by row
   */
  double[] run() {
    for (Feed feed : feeds) {
      tensors.put(feed.name(), feed.tensor());
    }
    try (OrtSession.Result result = model.session().run(tensors, wanted)) {
      OnnxTensor table = (OnnxTensor) result.get(0);
      return model.output().isDouble()
          ? read(table.getDoubleBuffer())
          : read(table.getFloatBuffer());
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    feeds.forEach(Feed::close);
  }

  private static double[] read(DoubleBuffer buffer) {
    double[] values = new double[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static double[] read(FloatBuffer buffer) {
    double[] values = new double[buffer.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer.get();
    }
    return values;
  }

  private static List<List<String>> words(InputTensor input, List<Feature> features) {
    return features.subList(input.first(), input.first() + input.columns()).stream()
        .map(feature ->
            feature instanceof CategoryFeature category ? category.categories() : List.<String>of())
        .toList();
  }
}
