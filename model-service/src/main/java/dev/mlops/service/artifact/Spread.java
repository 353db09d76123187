package dev.mlops.service.artifact;

import dev.mlops.service.json.Json;
import java.util.Map;

/**
 * Where a number's values lie.
 *
 * @param min over all rows
 * @param max over all rows
 * @param mean what a missing value is taken to be, and what becomes 0 in the model
 * @param scale the distance from the mean that becomes 1 in the model; never 0
 */
public record Spread(double min, double max, double mean, double scale) {
  /** Of a number that no data was seen of. */
  public static final Spread UNKNOWN = new Spread(-Double.MAX_VALUE, Double.MAX_VALUE, 0, 1);

  private static final double FAR = 1e9;

  static Spread read(Json json) {
    if (json.find("min").isEmpty()) {
      return UNKNOWN;
    }
    Json scale = json.get("scale");
    if (scale.number() <= 0) {
      throw scale.wrong("should be above 0");
    }
    return new Spread(
        json.get("min").number(),
        json.get("max").number(),
        json.get("mean").number(),
        scale.number());
  }

  /** Nothing is written of what nothing is known of. */
  void writeTo(Map<String, Object> json) {
    if (equals(UNKNOWN)) {
      return;
    }
    json.put("min", min);
    json.put("max", max);
    json.put("mean", mean);
    json.put("scale", scale);
  }

  /** Held within bounds, so that no value that a request can hold makes a sum infinite. */
  public double standardise(double value) {
    return Math.clamp((value - mean) / scale, -FAR, FAR);
  }

  public double restore(double standardised) {
    return standardised * scale + mean;
  }
}
