package dev.mlops.service.model;

import dev.mlops.service.artifact.BooleanFeature;
import dev.mlops.service.artifact.CategoryFeature;
import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.NumberFeature;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.artifact.Spread;
import java.util.Arrays;
import java.util.List;
import org.tribuo.Output;
import org.tribuo.impl.ArrayExample;

/**
 * Turns a row into what the model sees: a number standardised, a category as a column for each of
 * its words, a boolean as 1 or -1. A missing value is 0, which for a number is its mean.
 *
 * <p>Each feature of a row sets one column, and all others are 0: so a category of many words costs
 * no more than one of two.
 */
public final class Encoding {
  private final List<Feature> features;
  private final int[] firstColumn;
  private final String[] columnNames;

  public Encoding(Schema schema) {
    features = schema.features();
    firstColumn = new int[features.size()];
    int width = 0;
    for (int i = 0; i < firstColumn.length; i++) {
      firstColumn[i] = width;
      width += width(features.get(i));
    }
    columnNames = new String[width];
    // Tribuo numbers columns in the order of their names: with leading zeros that is our order.
    Arrays.setAll(columnNames, column -> String.format("c%07d", column));
  }

  /** How many features a row has. */
  int features() {
    return firstColumn.length;
  }

  /** How many columns the model sees. */
  public int width() {
    return columnNames.length;
  }

  /**
   * @param row as {@link Predictor#predict} takes it
   * @param columns receives for each feature the column that it sets, ascending
   * @param values receives for each feature the value of that column, finite
   */
  public void encode(double[] row, int[] columns, double[] values) {
    for (int i = 0; i < row.length; i++) {
      double value = row[i];
      boolean missing = Double.isNaN(value);
      columns[i] = firstColumn[i];
      values[i] =
          switch (features.get(i)) {
            case NumberFeature(_, Spread spread, _, _) -> missing ? 0 : spread.standardise(value);
            case BooleanFeature _ -> missing ? 0 : value > 0 ? 1 : -1;
            case CategoryFeature _ -> {
              columns[i] += missing ? 0 : (int) value;
              yield missing ? 0 : 1;
            }
          };
    }
  }

  /** A row as Tribuo takes it. */
  public <T extends Output<T>> ArrayExample<T> example(T output, double[] row) {
    int[] columns = new int[row.length];
    double[] values = new double[row.length];
    encode(row, columns, values);
    String[] names = new String[row.length];
    Arrays.setAll(names, i -> columnNames[columns[i]]);
    return new ArrayExample<>(output, names, values);
  }

  /** The same with every column spelled out: Tribuo knows only of columns that it has seen. */
  public <T extends Output<T>> ArrayExample<T> denseExample(T output, double[] row) {
    int[] columns = new int[row.length];
    double[] values = new double[row.length];
    encode(row, columns, values);
    double[] all = new double[columnNames.length];
    for (int i = 0; i < columns.length; i++) {
      all[columns[i]] = values[i];
    }
    return new ArrayExample<>(output, columnNames, all);
  }

  private static int width(Feature feature) {
    return switch (feature) {
      case NumberFeature _, BooleanFeature _ -> 1;
      case CategoryFeature(_, List<String> categories, _) -> categories.size();
    };
  }
}
