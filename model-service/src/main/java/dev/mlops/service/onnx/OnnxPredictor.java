package dev.mlops.service.onnx;

import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.model.Predictor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the model on one row, or on as many as there are at once. */
final class OnnxPredictor implements Predictor {
  // Memory for each size up to this is kept: what micro-batches need.
  private static final int KEPT = 64;

  private final OnnxModel model;
  private final List<Feature> features;
  private final Scores target;
  private final Map<Integer, Batch> batches = new HashMap<>();
  private final double[][] oneRow = new double[1][];
  private final double[][] oneScore = new double[1][];

  OnnxPredictor(OnnxModel model, Schema schema, Scores target) {
    this.model = model;
    this.features = schema.features();
    this.target = target;
  }

  @Override
  public void predict(double[] row, double[] scores) {
    oneRow[0] = row;
    oneScore[0] = scores;
    predict(oneRow, oneScore, 1);
  }

  @Override
  public void predict(double[][] rows, double[][] scores, int count) {
    int size = model.batch() == 0 ? count : model.batch();
    for (int from = 0; from < count; from += size) {
      run(rows, scores, from, Math.min(size, count - from), size);
    }
  }

  private void run(double[][] rows, double[][] scores, int from, int count, int size) {
    Batch batch = batch(size);
    for (int i = 0; i < size; i++) {
      // A model of a fixed size gets its last row again and again.
      batch.put(i, rows[from + Math.min(i, count - 1)]);
    }
    double[] table = batch.run();
    int columns = table.length / size;
    for (int i = 0; i < count; i++) {
      target.read(table, i * columns, columns, scores[from + i]);
    }
    if (size > KEPT) {
      batch.close();
    }
  }

  private Batch batch(int size) {
    return size > KEPT
        ? new Batch(model, features, size)
        : batches.computeIfAbsent(size, rows -> new Batch(model, features, rows));
  }
}
