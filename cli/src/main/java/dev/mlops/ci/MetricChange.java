package dev.mlops.ci;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How good the model is by one metric, beside the base branch's.
 *
 * @param before of the base branch's test rows; absent if it has no such figure
 * @param now of the test rows
 * @param validated both cross-validated, from which the verdict is
 */
record MetricChange(
    String metric, OptionalDouble before, double now, Optional<Validated> validated) {
  private static final Set<String> LESS_IS_BETTER = Set.of("logLoss", "rmse", "mae");

  /** Two standard errors: 19 of 20 differences by chance are smaller. */
  private static final double STANDARD_ERRORS = 2;

  /**
   * Means over the folds of the cross-validation: they rest on far more rows than the test rows.
   *
   * @param error standard error of the difference of the two means
   */
  record Validated(double before, double now, double error) {
    double difference() {
      return now - before;
    }

    boolean isNoise() {
      return Math.abs(difference()) <= STANDARD_ERRORS * error;
    }
  }

  /** For each metric of the new model's card. */
  static List<MetricChange> of(JsonNode beforeCard, JsonNode nowCard) {
    List<MetricChange> changes = new ArrayList<>();
    nowCard
        .path("metrics")
        .properties()
        .forEach(metric -> {
          JsonNode before = beforeCard.path("metrics").path(metric.getKey());
          changes.add(
              new MetricChange(
                  metric.getKey(),
                  before.isNumber() ? OptionalDouble.of(before.asDouble()) : OptionalDouble.empty(),
                  metric.getValue().asDouble(),
                  validated(beforeCard, nowCard, metric.getKey())));
        });
    return changes;
  }

  String verdict() {
    if (validated.isEmpty()) {
      return before.isEmpty() ? "nothing to compare with" : "can't tell from chance";
    }
    if (validated.get().isNoise()) {
      return "within the noise";
    }
    boolean more = validated.get().difference() > 0;
    return more == LESS_IS_BETTER.contains(metric) ? "**worse**" : "**better**";
  }

  private static Optional<Validated> validated(JsonNode before, JsonNode now, String metric) {
    JsonNode old = before.at("/crossValidation/metrics/" + metric);
    JsonNode fresh = now.at("/crossValidation/metrics/" + metric);
    if (!old.path("mean").isNumber() || !fresh.path("mean").isNumber()) {
      return Optional.empty();
    }
    double error = Math.hypot(error(before, old), error(now, fresh));
    return Optional.of(
        new Validated(old.path("mean").asDouble(), fresh.path("mean").asDouble(), error));
  }

  private static double error(JsonNode card, JsonNode figure) {
    int folds = Math.max(1, card.at("/crossValidation/folds").asInt());
    return figure.path("deviation").asDouble() / Math.sqrt(folds);
  }
}
