package dev.mlops.service.train;

import dev.mlops.service.artifact.BooleanFeature;
import dev.mlops.service.artifact.CategoryFeature;
import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.NumberFeature;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.artifact.Spread;
import dev.mlops.service.artifact.Target;
import dev.mlops.service.data.Column;
import dev.mlops.service.data.Content;
import dev.mlops.service.data.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Makes the schema: types and ranges from all rows, means and scales from those to learn from. */
final class SchemaMaker {
  private final Table table;
  private final int[] rows;

  SchemaMaker(Table table, int[] rows) {
    this.table = table;
    this.rows = rows;
  }

  Schema make(Selection selection, Algorithm algorithm) {
    return new Schema(target(selection.target(), algorithm), features(selection.features()));
  }

  /**
   * @param columns in the order of the table's
   */
  List<Feature> features(List<Column> columns) {
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      features.add(feature(columns.get(i), i));
    }
    return features;
  }

  private Feature feature(Column column, int index) {
    boolean missing = column.missing().rows() > 0;
    return switch (column.content()) {
      case Content.Numbers(double min, double max, boolean integer) ->
          new NumberFeature(
              column.name(), spread(min, max, row -> table.feature(index, row)), integer, missing);
      case Content.Category(List<String> words) ->
          new CategoryFeature(column.name(), words, missing);
      case Content.Flags _ -> new BooleanFeature(column.name(), missing);
      case Content.Text _, Content.Nothing _ -> throw new IllegalArgumentException(column.name());
    };
  }

  private Target target(Column column, Algorithm algorithm) {
    return switch (column.content()) {
      case Content.Category(List<String> classes) -> new Target.Classes(column.name(), classes);
      case Content.Numbers(double min, double max, _) ->
          new Target.Quantity(
              column.name(),
              switch (algorithm) {
                case Algorithm.DecisionTree _, Algorithm.RandomForest _ ->
                    exact(spread(min, max, table::target));
                case Algorithm.LinearRegression _,
                    Algorithm.LogisticRegression _,
                    Algorithm.Automatic _ ->
                    spread(min, max, table::target);
              });
      case Content.Flags _, Content.Text _, Content.Nothing _ ->
          throw new IllegalArgumentException(column.name());
    };
  }

  /**
   * The same in round numbers. Tribuo's trees reckon with floats, and take variances for
   * differences of squares: far from 0 nothing would be left of them. By a power of two, and from a
   * multiple of it, no digit is lost on the way there and back: leaves of whole numbers stay whole.
   */
  private static Spread exact(Spread spread) {
    double scale = Math.scalb(1.0, Math.getExponent(spread.scale()));
    return new Spread(spread.min(), spread.max(), Math.rint(spread.mean() / scale) * scale, scale);
  }

  /** Welford's way, which bears large values that lie close together. */
  private Spread spread(double min, double max, IntToDoubleFunction value) {
    long count = 0;
    double mean = 0;
    double squares = 0;
    for (int row : rows) {
      double x = value.applyAsDouble(row);
      if (!Double.isNaN(x)) {
        double off = x - mean;
        mean += off / ++count;
        squares += off * (x - mean);
      }
    }
    double scale = Math.sqrt(squares / Math.max(count, 1));
    if (!Double.isFinite(scale) || !Double.isFinite(mean)) {
      // The squares of such values are beyond double: the range will do instead.
      return new Spread(min, max, min / 2 + max / 2, max / 2 - min / 2);
    }
    return new Spread(min, max, mean, scale > 0 ? scale : 1);
  }
}
