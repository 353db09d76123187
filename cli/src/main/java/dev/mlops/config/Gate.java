package dev.mlops.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The least quality of a model, by the figures of its test rows. */
public record Gate(
    @Doc("At least this share of the test rows right; classification.") @Range(min = 0, max = 1)
        Optional<Double> accuracy,
    @Doc("At least this F1, averaged over the classes; classification.") @Range(min = 0, max = 1)
        Optional<Double> f1,
    @Doc("At least this share of the variance explained; regression.") @Range(min = -1e9, max = 1)
        Optional<Double> r2,
    @Doc("At most this root of the mean squared error, in the target's unit; regression.")
        @Range(min = 0)
        Optional<Double> rmse,
    @Doc("At most this mean absolute error, in the target's unit; regression.") @Range(min = 0)
        Optional<Double> mae) {

  /** The figures that a gate can be set for. */
  public enum Metric {
    ACCURACY(Model.Task.CLASSIFICATION, true),
    F1(Model.Task.CLASSIFICATION, true),
    R2(Model.Task.REGRESSION, true),
    RMSE(Model.Task.REGRESSION, false),
    MAE(Model.Task.REGRESSION, false);

    private final Model.Task task;
    private final boolean moreIsBetter;

    Metric(Model.Task task, boolean moreIsBetter) {
      this.task = task;
      this.moreIsBetter = moreIsBetter;
    }

    boolean fits(Model.Task asked) {
      return asked == Model.Task.AUTO || asked == task;
    }

    /** As it is written in the config and in the model's card. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One figure and its limit. */
  public record Bound(Metric metric, double limit) {
    public boolean passes(double value) {
      return metric.moreIsBetter ? value >= limit : value <= limit;
    }

    /** Such as {@code accuracy ≥ 0.9}. */
    @Override
    public String toString() {
      return metric.label() + (metric.moreIsBetter ? " ≥ " : " ≤ ") + limit;
    }
  }

  /** The bounds that are set; every one has to pass. */
  public List<Bound> bounds() {
    return Arrays.stream(Metric.values())
        .flatMap(metric -> limit(metric).map(limit -> new Bound(metric, limit)).stream())
        .toList();
  }

  private Optional<Double> limit(Metric metric) {
    return switch (metric) {
      case ACCURACY -> accuracy;
      case F1 -> f1;
      case R2 -> r2;
      case RMSE -> rmse;
      case MAE -> mae;
    };
  }
}
