package dev.mlops.service.train;

import dev.mlops.service.artifact.Schema;
import dev.mlops.service.data.Table;
import dev.mlops.service.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

/**
 * How far the figures depend on which rows happen to be learnt from.
 *
 * @param rows that took part
 */
record CrossValidation(int folds, int rows, Map<String, Deviation> metrics) {
  private static final int MOST_ROWS = 20_000;
  private static final int FEWEST_ROWS = 1_000;
  private static final int ROWS_BY_TREES = 200_000;

  /**
   * With more rows the folds learn from a sample: their figures hardly differ any more, and a
   * forest is learnt as many times as there are folds.
   */
  static int mostRows(Algorithm algorithm) {
    return switch (algorithm) {
      case Algorithm.RandomForest forest ->
          Math.clamp(ROWS_BY_TREES / forest.trees(), FEWEST_ROWS, MOST_ROWS);
      case Algorithm.LogisticRegression _,
          Algorithm.LinearRegression _,
          Algorithm.Automatic _,
          Algorithm.DecisionTree _ ->
          MOST_ROWS;
    };
  }

  record Deviation(double mean, double deviation) {
    static Deviation of(List<Double> values) {
      double mean = stream(values).average().orElse(0);
      double squares = stream(values).map(v -> (v - mean) * (v - mean)).sum();
      return new Deviation(mean, Math.sqrt(squares / values.size()));
    }

    private static DoubleStream stream(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue);
    }
  }

  static CrossValidation of(
      List<Split> folds,
      Table table,
      Schema schema,
      Algorithm algorithm,
      Consumer<String> progress) {
    Learner learner = new Learner(table, schema, algorithm);
    Map<String, List<Double>> figures = new LinkedHashMap<>();
    int done = 0;
    for (Split fold : folds) {
      Model model = new Model(learner.learn(fold.train()), schema);
      Evaluation.of(model.predictor(), schema.target(), table, fold.test())
          .metrics()
          .forEach(
              (name, value) -> figures.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
      progress.accept("Cross-validated fold " + ++done + " of " + folds.size());
    }
    Map<String, Deviation> metrics = new LinkedHashMap<>();
    figures.forEach((name, values) -> metrics.put(name, Deviation.of(values)));
    Split first = folds.getFirst();
    return new CrossValidation(folds.size(), first.train().length + first.test().length, metrics);
  }

  /** As card.json writes it. */
  Map<String, Object> toJson() {
    Map<String, Object> figures = new LinkedHashMap<>();
    metrics.forEach((name, figure) -> {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("mean", figure.mean());
      json.put("deviation", figure.deviation());
      figures.put(name, json);
    });
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("folds", folds);
    json.put("rows", rows);
    json.put("metrics", figures);
    return json;
  }
}
