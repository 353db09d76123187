package dev.mlops.service.artifact;

import dev.mlops.service.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the training rows were distributed: what drift is measured against.
 *
 * @param features in the order of the schema
 * @param prediction of the model's own predictions for the training rows
 */
public record Profile(List<Column> features, Bins prediction) {
  public Profile {
    features = List.copyOf(features);
  }

  /**
   * @param missing training rows that lack the value; they are in no bin
   */
  public record Column(String name, Bins bins, long missing) {}

  static Profile read(Json json) {
    return new Profile(
        json.get("features").list().stream()
            .map(column ->
                new Column(
                    column.get("name").text(),
                    Bins.read(column.get("bins")),
                    column.get("missing").whole()))
            .toList(),
        Bins.read(json.get("prediction").get("bins")));
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("features", features.stream().map(Profile::toJson).toList());
    Map<String, Object> predicted = new LinkedHashMap<>();
    predicted.put("bins", prediction.toJson());
    json.put("prediction", predicted);
    return json;
  }

  private static Map<String, Object> toJson(Column column) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", column.name());
    json.put("bins", column.bins().toJson());
    json.put("missing", column.missing());
    return json;
  }
}
