package dev.mlops.service.artifact;

import dev.mlops.service.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request must look like, and how a row becomes numbers.
 *
 * @param features in the order of a row's values
 */
public record Schema(Target target, List<Feature> features) {
  public Schema {
    features = List.copyOf(features);
  }

  public Task task() {
    return switch (target) {
      case Target.Classes _ -> Task.CLASSIFICATION;
      case Target.Quantity _ -> Task.REGRESSION;
    };
  }

  static Schema read(Json json) {
    Target target = Target.read(json.get("target"), Task.read(json.get("task")));
    return new Schema(target, json.get("features").list().stream().map(Feature::read).toList());
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("task", task().word());
    json.put("target", target.toJson());
    json.put("features", features.stream().map(Feature::toJson).toList());
    return json;
  }
}
