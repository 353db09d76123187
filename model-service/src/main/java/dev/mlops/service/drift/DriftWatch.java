package dev.mlops.service.drift;

import dev.mlops.service.telemetry.MetricSource;
import dev.mlops.service.telemetry.MetricsPage;
import dev.mlops.service.telemetry.Tally;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What all threads have counted, and how far it is from the training rows. */
public final class DriftWatch implements MetricSource {
  /** Fewer rows than this say nothing about a distribution. */
  private static final long ROWS = 100;

  /** Of a wider model the counts would be most of the page; `GET /drift` has them. */
  private static final int SERIES = 2_000;

  private final String model;
  private final DriftProfile profile;
  private final List<Tally> tallies;

  /**
   * @param model digest of the model that is asked: only counts of the same may be added
   * @param tallies of {@link DriftProfile#counters} each
   */
  public DriftWatch(String model, DriftProfile profile, List<Tally> tallies) {
    this.model = model;
    this.profile = profile;
    this.tallies = List.copyOf(tallies);
  }

  @Override
  public void writeTo(MetricsPage page) {
    List<Watched> columns = profile.watched(tallies);
    List<Watched> telling = columns.getLast().rows() < ROWS ? List.of() : columns;
    figures(page, "psi", "Population stability index", Drift::psi, telling);
    figures(page, "ks", "Kolmogorov-Smirnov distance", Drift::ks, telling);
    if (profile.counters() <= SERIES) {
      counts(page, columns);
    }
  }

  /** As `GET /drift` answers: docs/reference/http.md. */
  public Map<String, Object> toJson() {
    List<Watched> columns = profile.watched(tallies);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", model);
    json.put("rows", columns.getLast().rows());
    json.put("features", features(columns).stream().map(Watched::toJson).toList());
    json.put("prediction", columns.getLast().toJson());
    return json;
  }

  private static void figures(
      MetricsPage page,
      String figure,
      String title,
      ToDoubleFunction<Drift> value,
      List<Watched> columns) {
    page.gauge("model_feature_drift_" + figure, title + " of a feature against the training rows.");
    for (Watched column : features(columns)) {
      column
          .drift()
          .ifPresent(drift ->
              page.sample(value.applyAsDouble(drift), "feature", column.reference().name()));
    }
    page.gauge("model_prediction_drift_" + figure, title + " of the predictions against training.");
    columns.stream()
        .skip(features(columns).size())
        .forEach(prediction ->
            prediction.drift().ifPresent(drift -> page.sample(value.applyAsDouble(drift))));
  }

  /** What replicas and hours are merged from: by adding. */
  private static void counts(MetricsPage page, List<Watched> columns) {
    page.counter("model_feature_rows_total", "Rows predicted, by bin of a feature.");
    for (Watched column : features(columns)) {
      bins(page, column, column.counts(), "feature", column.reference().name());
    }
    page.counter("model_prediction_rows_total", "Rows predicted, by bin of the prediction.");
    bins(page, columns.getLast(), columns.getLast().counts());
    page.gauge("model_feature_training_rows", "Training rows, by bin of a feature.");
    for (Watched column : features(columns)) {
      bins(page, column, column.reference().trained(), "feature", column.reference().name());
    }
    page.gauge("model_prediction_training_rows", "Training rows, by bin of the prediction.");
    bins(page, columns.getLast(), columns.getLast().reference().trained());
  }

  /** The bin of missing values is left out where there is none in either. */
  private static void bins(MetricsPage page, Watched column, List<Long> counts, String... labels) {
    int bins = column.mayLack() ? counts.size() : counts.size() - 1;
    for (int i = 0; i < bins; i++) {
      String[] all = Arrays.copyOf(labels, labels.length + 2);
      all[labels.length] = "bin";
      all[labels.length + 1] = column.reference().label(i);
      page.sample(counts.get(i), all);
    }
  }

  private static List<Watched> features(List<Watched> columns) {
    return columns.isEmpty() ? columns : columns.subList(0, columns.size() - 1);
  }
}
