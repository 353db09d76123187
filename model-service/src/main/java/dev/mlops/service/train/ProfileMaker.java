package dev.mlops.service.train;

import dev.mlops.service.artifact.Bins;
import dev.mlops.service.artifact.BooleanFeature;
import dev.mlops.service.artifact.CategoryFeature;
import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.NumberFeature;
import dev.mlops.service.artifact.Profile;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.artifact.Target;
import dev.mlops.service.data.Table;
import dev.mlops.service.model.Predictor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Counts how the rows that were learnt from are distributed. */
final class ProfileMaker {
  private static final int BINS = 10;

  private final Table table;
  private final int[] rows;

  ProfileMaker(Table table, int[] rows) {
    this.table = table;
    this.rows = rows;
  }

  /**
   * @param sample rows whose predictions are counted
   */
  Profile make(Schema schema, Predictor predictor, int[] sample) {
    List<Profile.Column> columns = new ArrayList<>();
    for (int i = 0; i < schema.features().size(); i++) {
      columns.add(column(schema.features().get(i), i));
    }
    return new Profile(columns, predictions(schema.target(), predictor, sample));
  }

  private Profile.Column column(Feature feature, int index) {
    double[] values = present(row -> table.feature(index, row));
    Bins bins =
        switch (feature) {
          case NumberFeature _ -> quantiles(values);
          case BooleanFeature _ -> values(List.of("false", "true"), values);
          case CategoryFeature(_, List<String> words, _) -> values(words, values);
        };
    return new Profile.Column(feature.name(), bins, rows.length - values.length);
  }

  private Bins predictions(Target target, Predictor predictor, int[] sample) {
    double[] values = new double[table.width()];
    double[] scores = new double[target.scores()];
    double[] predicted =
        IntStream.of(sample)
            .mapToDouble(row -> {
              table.copyRow(row, values);
              predictor.predict(values, scores);
              return switch (target) {
                case Target.Classes _ -> Predictor.best(scores);
                case Target.Quantity _ -> scores[0];
              };
            })
            .toArray();
    return switch (target) {
      case Target.Classes(_, List<String> names) -> values(names, predicted);
      case Target.Quantity _ -> quantiles(predicted);
    };
  }

  private double[] present(IntToDoubleFunction value) {
    return Arrays.stream(rows).mapToDouble(value).filter(x -> !Double.isNaN(x)).toArray();
  }

  private static Bins values(List<String> words, double[] indexes) {
    Long[] counts = new Long[words.size()];
    Arrays.fill(counts, 0L);
    for (double index : indexes) {
      counts[(int) index]++;
    }
    return new Bins.Values(words, List.of(counts));
  }

  /** As equal as ties allow. */
  private static Bins quantiles(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    List<Double> edges =
        IntStream.range(1, BINS)
            .mapToObj(i -> sorted.length == 0 ? 0 : sorted[(int) ((long) i * sorted.length / BINS)])
            .distinct()
            .toList();
    Long[] counts = new Long[edges.size() + 1];
    Arrays.fill(counts, 0L);
    for (double value : sorted) {
      counts[(int) edges.stream().filter(edge -> edge <= value).count()]++;
    }
    return new Bins.Quantiles(edges, List.of(counts));
  }
}
