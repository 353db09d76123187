package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Numbers, even within each bin.
 *
 * @param bounds of the bins, one more than there are bins; the last is a value itself
 * @param decimals the most that a value has
 */
record NumberSpread(List<Double> bounds, Spread.Bins bins, int decimals) implements Spread {
  private static final int MOST_DECIMALS = 340;

  /** Tells a hundred values or more apart in each bin. */
  private static final int DIGITS = 2;

  static NumberSpread of(JsonNode feature, Optional<JsonNode> profile) {
    boolean integer = feature.path("integer").asBoolean();
    List<Double> edges = new ArrayList<>();
    profile.ifPresent(bins -> bins.path("edges").forEach(edge -> edges.add(edge.asDouble())));
    List<Double> bounds = new ArrayList<>(edges);
    // Of a model that came without data no range is known.
    bounds.addFirst(feature.path("min").asDouble(edges.isEmpty() ? 0 : edges.getFirst()));
    bounds.addLast(
        feature.path("max").asDouble(edges.isEmpty() ? (integer ? 9 : 1) : edges.getLast()));
    Spread.Bins bins = edges.isEmpty() ? Spread.Bins.equal(1) : Spread.Bins.of(profile.get());
    return new NumberSpread(
        bounds, bins, integer ? 0 : edges.isEmpty() ? MOST_DECIMALS : decimals(bounds));
  }

  /** Edges are values of the data: none has more decimals than these, or hardly. */
  private static int decimals(List<Double> values) {
    return values.stream().mapToInt(value -> exact(value).scale()).max().orElse(0);
  }

  @Override
  public JsonNode at(double share) {
    Spread.Bins.Place place = bins.at(share);
    return JsonNodeFactory.instance.numberNode(
        within(place.index(), place.share()).max(exact(bounds.get(place.index()))));
  }

  @Override
  public double order(JsonNode value) {
    return value.asDouble();
  }

  /** A step from the least of the bin to the greatest; the next bin's first is not in it. */
  private BigDecimal within(int bin, double share) {
    double low = bounds.get(bin);
    double width = bounds.get(bin + 1) - low;
    if (!(width > 0) || Double.isInfinite(width)) {
      return exact(low);
    }
    int scale = Math.min(decimals, Math.max(0, DIGITS - (int) Math.floor(Math.log10(width))));
    BigDecimal first = exact(low).setScale(scale, RoundingMode.CEILING);
    BigDecimal steps =
        end(bin + 1, scale)
            .subtract(first)
            .multiply(BigDecimal.valueOf(share))
            .setScale(scale, RoundingMode.FLOOR);
    return first.add(steps);
  }

  private BigDecimal end(int bound, int scale) {
    BigDecimal value = exact(bounds.get(bound));
    boolean last = bound == bounds.size() - 1;
    return last
        ? value.setScale(scale, RoundingMode.FLOOR).add(BigDecimal.ONE.movePointLeft(scale))
        : value.setScale(scale, RoundingMode.CEILING);
  }

  private static BigDecimal exact(double value) {
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }
}
