package dev.mlops.service.model;

import java.util.Arrays;

/**
 * A row as trees compare it: for every column that the model sees, the rank of its value; reused
 * from row to row.
 */
final class Ranks {
  private final Encoding encoding;
  private final Thresholds thresholds;
  private final int[] set;
  private final double[] values;
  private final int[] ofZero;
  private final int[] all;

  Ranks(Encoding encoding, Thresholds thresholds) {
    this.encoding = encoding;
    this.thresholds = thresholds;
    this.set = new int[encoding.features()];
    this.values = new double[encoding.features()];
    this.ofZero = new int[thresholds.columns()];
    Arrays.setAll(ofZero, column -> thresholds.rank(column, 0));
    this.all = ofZero.clone();
  }

  /** Good until the next call. */
  int[] of(double[] row) {
    for (int column : set) {
      all[column] = ofZero[column];
    }
    encoding.encode(row, set, values);
    for (int i = 0; i < set.length; i++) {
      all[set[i]] = thresholds.rank(set[i], values[i]);
    }
    return all;
  }
}
