package dev.mlops.step;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/**
 * Whether two documents say the same, up to what another processor's arithmetic makes of a number.
 *
 * @param tolerance share of the larger number, or of 1
 */
record JsonLikeness(double tolerance) implements Comparator<JsonNode> {
  boolean equals(JsonNode one, JsonNode other) {
    return one.equals(this, other);
  }

  /** 0 if they are alike; of no order otherwise. */
  @Override
  public int compare(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      double a = one.asDouble();
      double b = other.asDouble();
      double largest = Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
      return Math.abs(a - b) <= tolerance * largest ? 0 : 1;
    }
    return one.equals(other) ? 0 : 1;
  }
}
