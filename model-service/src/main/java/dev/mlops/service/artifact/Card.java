package dev.mlops.service.artifact;

import dev.mlops.service.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was trained, from what, and how good it is. The service needs only these parts of it by
 * name; {@code document} is the whole of card.json, which docs/reference/artifact.md describes.
 *
 * @param version of mlops
 * @param algorithm kind of the algorithm
 * @param metrics of the rows that training did not see
 */
public record Card(
    String name,
    String version,
    String algorithm,
    Map<String, Double> metrics,
    Map<String, Object> document) {
  /** What stands for the algorithm of a model that was trained elsewhere. */
  public static final String ONNX = "onnx";

  public Card {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    document = Collections.unmodifiableMap(new LinkedHashMap<>(document));
  }

  /** Whether the model is in ONNX form rather than Tribuo's. */
  public boolean isOnnx() {
    return algorithm.equals(ONNX);
  }

  /**
   * @throws dev.mlops.service.json.JsonException if a part that the service needs is not there
   */
  public static Card read(Json json) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    json.get("metrics").members().forEach((name, value) -> metrics.put(name, value.number()));
    Map<String, Object> document = new LinkedHashMap<>();
    json.members().forEach((name, value) -> document.put(name, value.value()));
    return new Card(
        json.get("name").text(),
        json.get("version").text(),
        json.get("algorithm").get("kind").text(),
        metrics,
        document);
  }
}
