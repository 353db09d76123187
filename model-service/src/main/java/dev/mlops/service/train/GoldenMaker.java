package dev.mlops.service.train;

import dev.mlops.service.artifact.BooleanFeature;
import dev.mlops.service.artifact.CategoryFeature;
import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.GoldenRow;
import dev.mlops.service.artifact.NumberFeature;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.data.Table;
import dev.mlops.service.model.Predictor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Picks rows from all over the table and keeps what the model predicts for them. */
final class GoldenMaker {
  private static final int ROWS = 16;

  private GoldenMaker() {}

  static List<GoldenRow> make(Table table, Schema schema, Predictor predictor) {
    double[] values = new double[table.width()];
    double[] scores = new double[schema.target().scores()];
    int count = Math.min(ROWS, table.rows());
    return IntStream.range(0, count)
        .mapToObj(i -> {
          table.copyRow((int) ((long) i * table.rows() / count), values);
          predictor.predict(values, scores);
          return new GoldenRow(request(schema, values), Arrays.stream(scores).boxed().toList());
        })
        .toList();
  }

  /**
   * Rows made up, where there is no data: numbers around 0, one word after another. None of those
   * that the model has no finite number for, such as the logarithm of less than nothing.
   */
  static List<GoldenRow> invent(Schema schema, Predictor predictor) {
    SplittableRandom random = new SplittableRandom(1);
    double[] scores = new double[schema.target().scores()];
    return IntStream.range(0, ROWS)
        .mapToObj(row -> {
          double[] values =
              schema.features().stream().mapToDouble(f -> invent(f, row, random)).toArray();
          predictor.predict(values, scores);
          return new GoldenRow(request(schema, values), Arrays.stream(scores).boxed().toList());
        })
        .filter(row -> row.scores().stream().allMatch(Double::isFinite))
        .toList();
  }

  private static double invent(Feature feature, int row, SplittableRandom random) {
    return switch (feature) {
      case NumberFeature(_, _, boolean integer, _) ->
          integer ? random.nextInt(10) : random.nextInt(-1000, 1000) / 256.0;
      case CategoryFeature(_, List<String> words, _) -> row % words.size();
      case BooleanFeature _ -> row % 2;
    };
  }

  private static Map<String, Object> request(Schema schema, double[] values) {
    Map<String, Object> request = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        Feature feature = schema.features().get(i);
        request.put(feature.name(), json(feature, values[i]));
      }
    }
    return request;
  }

  private static Object json(Feature feature, double value) {
    return switch (feature) {
      case NumberFeature(_, _, boolean integer, _) -> {
        long whole = (long) value;
        yield integer && whole == value ? (Object) whole : (Object) value;
      }
      case CategoryFeature(_, List<String> words, _) -> words.get((int) value);
      case BooleanFeature _ -> value > 0;
    };
  }
}
