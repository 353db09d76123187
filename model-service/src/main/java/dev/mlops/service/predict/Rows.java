package dev.mlops.service.predict;

import static dev.mlops.service.predict.Refusal.Reason.TOO_MANY_ROWS;

import dev.mlops.service.artifact.Schema;
import java.util.Arrays;

/** The rows of one request, and then their scores. For one thread, and used again and again. */
final class Rows {
  private static final int MOST = 1000;
  // Bounds what one body can make the service hold and write: a few megabytes.
  private static final int CELLS = 200_000;
  // Memory that one long list needed is given back.
  private static final int KEPT = 16;

  private final int features;
  private final int outputs;
  private final int max;
  private double[][] values = new double[1][];
  private double[][] scores = new double[1][];
  private int count;

  Rows(Schema schema) {
    features = schema.features().size();
    outputs = schema.target().scores();
    max = Math.clamp(CELLS / Math.max(features, outputs), 1, MOST);
  }

  /** How many rows one request may have. */
  int max() {
    return max;
  }

  int count() {
    return count;
  }

  /** A value for each feature, in the order of the schema. */
  double[] row(int index) {
    return values[index];
  }

  /** Of all rows, and perhaps some more that are none. */
  double[][] values() {
    return values;
  }

  /** The same of their scores. */
  double[][] scores() {
    return scores;
  }

  double[] scores(int index) {
    return scores[index];
  }

  void clear() {
    count = 0;
    if (values.length > KEPT) {
      values = new double[1][];
      scores = new double[1][];
    }
  }

  /** Where the next row may be written; it is one only after {@link #add()}. */
  double[] next() {
    if (count == values.length) {
      int room = 2 * count;
      values = Arrays.copyOf(values, room);
      scores = Arrays.copyOf(scores, room);
    }
    if (values[count] == null) {
      values[count] = new double[features];
      scores[count] = new double[outputs];
    }
    return values[count];
  }

  void add() throws Refusal {
    if (count == max) {
      throw tooMany();
    }
    count++;
  }

  /** So many rows with no value yet. */
  void fill(long rows) throws Refusal {
    if (rows > max) {
      throw tooMany();
    }
    for (int i = 0; i < rows; i++) {
      Arrays.fill(next(), Double.NaN);
      add();
    }
  }

  private Refusal tooMany() {
    return Refusal.of(TOO_MANY_ROWS, "A list may hold at most " + max + " rows");
  }
}
