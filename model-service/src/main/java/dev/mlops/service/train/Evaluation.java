package dev.mlops.service.train;

import dev.mlops.service.artifact.Target;
import dev.mlops.service.data.Table;
import dev.mlops.service.model.Predictor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How good a model's predictions are. */
sealed interface Evaluation permits Confusion, Evaluation.Errors {
  /** The figures by name; all of them finite if the predictions are. */
  Map<String, Double> metrics();

  /** Predicts the rows and compares. */
  static Evaluation of(Predictor predictor, Target target, Table table, int[] rows) {
    return switch (target) {
      case Target.Classes(_, List<String> names) -> Confusion.count(predictor, names, table, rows);
      case Target.Quantity _ -> Errors.sum(predictor, table, rows);
    };
  }

  /** Of numbers. */
  record Errors(double rmse, double mae, double r2) implements Evaluation {
    static Errors sum(Predictor predictor, Table table, int[] rows) {
      double mean = 0;
      for (int row : rows) {
        mean += table.target(row) / rows.length;
      }
      double squares = 0;
      double absolutes = 0;
      double spread = 0;
      double[] values = new double[table.width()];
      double[] scores = new double[1];
      for (int row : rows) {
        table.copyRow(row, values);
        predictor.predict(values, scores);
        double error = scores[0] - table.target(row);
        squares += error * error;
        absolutes += Math.abs(error);
        spread += (table.target(row) - mean) * (table.target(row) - mean);
      }
      // Rows that are all the same leave nothing to explain: not explained, unless hit exactly.
      double r2 = spread > 0 ? 1 - squares / spread : squares == 0 ? 1 : 0;
      return new Errors(Math.sqrt(squares / rows.length), absolutes / rows.length, r2);
    }

    @Override
    public Map<String, Double> metrics() {
      Map<String, Double> metrics = new LinkedHashMap<>();
      metrics.put("rmse", rmse);
      metrics.put("mae", mae);
      metrics.put("r2", r2);
      return metrics;
    }
  }
}
