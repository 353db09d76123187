package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * How a measure has changed against a baseline.
 *
 * @param measure such as {@code p95}
 * @param unit {@code ms}, {@code /s} or {@code %}
 * @param ratio of the new to the old typical second
 * @param low the lower end of its 95 % interval
 * @param high the upper end
 */
public record Change(
    String measure,
    String unit,
    double before,
    double now,
    double ratio,
    double low,
    double high,
    Verdict verdict) {

  /** What the interval says. */
  public enum Verdict {
    BETTER("better"),
    WORSE("worse"),
    WITHIN_NOISE("within the noise");

    private final String label;

    Verdict(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }

    static Verdict of(double low, double high, boolean lessIsBetter) {
      if (low <= 1 && high >= 1) {
        return WITHIN_NOISE;
      }
      return high < 1 == lessIsBetter ? BETTER : WORSE;
    }
  }

  /** Such as {@code +12 % (+3 % to +21 %)}. */
  public String text() {
    return "%s (%s to %s)".formatted(percent(ratio), percent(low), percent(high));
  }

  private static String percent(double factor) {
    return String.format(Locale.ROOT, "%+.1f\u00a0%%", 100 * (factor - 1));
  }

  ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("measure", measure)
        .put("unit", unit)
        .put("before", before)
        .put("now", now)
        .put("ratio", ratio)
        .put("low", low)
        .put("high", high)
        .put("verdict", verdict.label());
  }
}
