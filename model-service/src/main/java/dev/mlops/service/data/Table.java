package dev.mlops.service.data;

import dev.mlops.service.problem.Code;
import dev.mlops.service.problem.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The rows as numbers: all that is held of the data. A number stands for itself, a category is its
 * index, a boolean 1 or 0, a missing value NaN.
 */
public final class Table {
  private final double[][] features;
  private final double[] target;

  private Table(int columns, int rows) {
    features = new double[columns][rows];
    target = new double[rows];
  }

  /**
   * @param columns the features, in the order wanted; their content says how a field is read
   * @throws ProblemException if the file is no longer what was inspected
   */
  public static Table load(Inspection inspection, List<Column> columns, Column target) {
    CsvFile file = inspection.file();
    Table table = new Table(columns.size(), Math.toIntExact(inspection.rows()));
    List<Cell> cells = columns.stream().map(column -> Cell.of(file, column)).toList();
    Cell targetCell = Cell.of(file, target);
    long[] rows = new long[1];
    file.read((fields, place) -> {
      int row = (int) place.row() - 1;
      if (row >= table.rows()) {
        throw changed(file);
      }
      for (int i = 0; i < cells.size(); i++) {
        table.features[i][row] = cells.get(i).value(fields, file);
      }
      table.target[row] = targetCell.value(fields, file);
      rows[0] = place.row();
    });
    if (rows[0] != table.rows()) {
      throw changed(file);
    }
    return table;
  }

  public int rows() {
    return target.length;
  }

  /** How many features there are. */
  public int width() {
    return features.length;
  }

  public double target(int row) {
    return target[row];
  }

  public double feature(int feature, int row) {
    return features[feature][row];
  }

  /** Copies the features of a row to the start of an array. */
  public void copyRow(int row, double[] values) {
    for (int i = 0; i < features.length; i++) {
      values[i] = features[i][row];
    }
  }

  private record Cell(int column, ToDoubleFunction<String> reading) {
    static Cell of(CsvFile file, Column column) {
      return new Cell(file.header().indexOf(column.name()), reading(column.content()));
    }

    double value(String[] fields, CsvFile file) {
      String field = fields[column];
      if (Fields.isMissing(field)) {
        return Double.NaN;
      }
      double value = reading.applyAsDouble(field);
      if (Double.isNaN(value)) {
        throw changed(file);
      }
      return value;
    }

    private static ToDoubleFunction<String> reading(Content content) {
      return switch (content) {
        case Content.Numbers _ -> Fields::number;
        case Content.Flags _ -> field -> Fields.isTrue(field) ? 1 : 0;
        case Content.Category(List<String> words) -> {
          Map<String, Double> indexes = new HashMap<>();
          words.forEach(word -> indexes.put(word, (double) indexes.size()));
          yield field -> indexes.getOrDefault(field, Double.NaN);
        }
        case Content.Text _, Content.Nothing _ ->
            throw new IllegalArgumentException("not to be learnt from: " + content);
      };
    }
  }

  private static ProblemException changed(CsvFile file) {
    return Code.DATA_UNREADABLE.problem(
        file.path() + " changed while it was read", "", "Run the same command again");
  }
}
