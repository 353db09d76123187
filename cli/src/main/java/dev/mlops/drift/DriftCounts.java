package dev.mlops.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a service has counted since it started, as `GET /drift` tells (docs/reference/http.md).
 *
 * @param model digest of the model that was asked
 */
public record DriftCounts(String model, List<Column> features, Column prediction) {
  public DriftCounts {
    features = List.copyOf(features);
  }

  static DriftCounts read(JsonNode json) {
    List<Column> features = new ArrayList<>();
    json.path("features").forEach(feature -> features.add(Column.read(feature)));
    return new DriftCounts(
        json.path("model").asText(), features, Column.read(json.path("prediction")));
  }

  /** The rows of both, which are of the same model. */
  DriftCounts plus(DriftCounts other) {
    List<Column> sum = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      sum.add(features.get(i).plus(other.features.get(i)));
    }
    return new DriftCounts(model, sum, prediction.plus(other.prediction));
  }

  /** How many rows were predicted. */
  public long rows() {
    return prediction.rows();
  }

  /** The most serious of all columns. */
  public Column worst() {
    return Stream.concat(Stream.of(prediction), features.stream())
        .max(Comparator.comparing(Column::reading).thenComparingDouble(Column::psi))
        .orElse(prediction);
  }
}
