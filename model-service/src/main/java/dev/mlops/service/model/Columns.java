package dev.mlops.service.model;

/** A row spread out over all columns that the model sees; reused from row to row. */
final class Columns {
  private final Encoding encoding;
  private final int[] set;
  private final double[] values;
  private final double[] all;

  Columns(Encoding encoding) {
    this.encoding = encoding;
    this.set = new int[encoding.features()];
    this.values = new double[encoding.features()];
    this.all = new double[encoding.width()];
  }

  /** Good until the next call. */
  double[] of(double[] row) {
    for (int column : set) {
      all[column] = 0;
    }
    encoding.encode(row, set, values);
    for (int i = 0; i < set.length; i++) {
      all[set[i]] = values[i];
    }
    return all;
  }
}
