package dev.mlops.service.train;

import dev.mlops.service.data.Table;
import dev.mlops.service.model.Predictor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** How often each class was taken for which. */
final class Confusion implements Evaluation {
  private static final double LEAST_PROBABILITY = 1e-15;

  private final List<String> classes;
  private final long[][] counts;
  private double logLoss;

  private Confusion(List<String> classes) {
    this.classes = classes;
    this.counts = new long[classes.size()][classes.size()];
  }

  static Confusion count(Predictor predictor, List<String> classes, Table table, int[] rows) {
    Confusion confusion = new Confusion(classes);
    double[] values = new double[table.width()];
    double[] scores = new double[classes.size()];
    for (int row : rows) {
      table.copyRow(row, values);
      predictor.predict(values, scores);
      int truth = (int) table.target(row);
      confusion.counts[truth][Predictor.best(scores)]++;
      confusion.logLoss -= Math.log(Math.max(scores[truth], LEAST_PROBABILITY)) / rows.length;
    }
    return confusion;
  }

  /** Precision, recall and F1 are the mean over the classes that the rows have. */
  @Override
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", ratio(sum(this::hits), sum(this::support)));
    metrics.put("precision", mean(this::precision));
    metrics.put("recall", mean(this::recall));
    metrics.put("f1", mean(this::f1));
    metrics.put("logLoss", logLoss);
    return metrics;
  }

  /** As card.json writes it. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("classes", classes);
    json.put(
        "counts", Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList());
    return json;
  }

  /** As card.json writes it. */
  List<Map<String, Object>> perClass() {
    List<Map<String, Object>> result = new ArrayList<>();
    for (int i = 0; i < classes.size(); i++) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("class", classes.get(i));
      json.put("precision", precision(i));
      json.put("recall", recall(i));
      json.put("f1", f1(i));
      json.put("support", support(i));
      result.add(json);
    }
    return result;
  }

  /** Classes that no row was tried of. */
  List<String> untried() {
    return IntStream.range(0, counts.length)
        .filter(i -> support(i) == 0)
        .mapToObj(classes::get)
        .toList();
  }

  private double precision(int index) {
    return ratio(hits(index), predicted(index));
  }

  private double recall(int index) {
    return ratio(hits(index), support(index));
  }

  private double f1(int index) {
    return ratio(2 * hits(index), predicted(index) + support(index));
  }

  private long hits(int index) {
    return counts[index][index];
  }

  private long predicted(int index) {
    return sum(truth -> counts[truth][index]);
  }

  private long support(int index) {
    return Arrays.stream(counts[index]).sum();
  }

  private double mean(IntToDoubleFunction figure) {
    return IntStream.range(0, classes.size())
        .filter(i -> support(i) > 0)
        .mapToDouble(figure)
        .average()
        .orElse(0);
  }

  private long sum(IntToLongFunction figure) {
    return IntStream.range(0, classes.size()).mapToLong(figure).sum();
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
