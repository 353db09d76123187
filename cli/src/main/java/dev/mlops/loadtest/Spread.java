package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.mlops.problem.Code;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** How a feature's values are spread over the rows that a model has learnt from. */
sealed interface Spread permits Spread.WithGaps, Spread.Words, NumberSpread {
  /** How often a value is left out, of a model whose profile does not tell. */
  double MISSING_SHARE = 0.05;

  /**
   * The value below which that share of the rows lies.
   *
   * @param share from 0 to less than 1
   */
  JsonNode at(double share);

  /** Where a value stands in the order that {@link #at} follows. */
  double order(JsonNode value);

  /** Some rows lack the value; they come first. */
  record WithGaps(double missing, Spread present) implements Spread {
    @Override
    public JsonNode at(double share) {
      return share < missing
          ? JsonNodeFactory.instance.nullNode()
          : present.at((share - missing) / (1 - missing));
    }

    @Override
    public double order(JsonNode value) {
      return value.isNull() || value.isMissingNode()
          ? Double.NEGATIVE_INFINITY
          : present.order(value);
    }
  }

  /** Categories, or false and true. */
  record Words(List<JsonNode> values, Bins bins) implements Spread {
    @Override
    public JsonNode at(double share) {
      return values.get(bins.at(share).index());
    }

    @Override
    public double order(JsonNode value) {
      return values.indexOf(value);
    }
  }

  /**
   * @param feature of {@code schema.json}
   * @param profile the same feature's in {@code profile.json}; absent: all values are alike
   */
  static Spread of(JsonNode feature, Optional<JsonNode> profile) {
    Optional<JsonNode> bins = profile.map(column -> column.path("bins"));
    Spread present =
        switch (feature.path("type").asText()) {
          case "number" -> NumberSpread.of(feature, bins);
          case "boolean" -> words(List.of(BooleanNode.FALSE, BooleanNode.TRUE), bins);
          case "category" -> words(feature.path("categories").valueStream().toList(), bins);
          default ->
              throw Code.LOAD_PAYLOAD.problem(
                  "The model's schema has a feature of the unknown type " + feature.path("type"),
                  "It was written by another version of mlops.",
                  "mlops train");
        };
    double missing =
        profile
            .map(Spread::missing)
            .orElse(feature.path("missing").asBoolean() ? MISSING_SHARE : 0);
    return missing > 0 ? new WithGaps(missing, present) : present;
  }

  /** Values that the profile doesn't count are as frequent as each other. */
  private static Spread words(List<JsonNode> values, Optional<JsonNode> bins) {
    if (values.isEmpty()) {
      return new Words(List.of(JsonNodeFactory.instance.nullNode()), Bins.equal(1));
    }
    List<String> names = bins.map(b -> texts(b.path("values"))).orElse(List.of());
    boolean known = names.equals(values.stream().map(JsonNode::asText).toList());
    return new Words(values, known ? Bins.of(bins.get()) : Bins.equal(values.size()));
  }

  private static double missing(JsonNode column) {
    long missing = column.path("missing").asLong();
    return (double) missing / (missing + rows(column));
  }

  /** The rows that have the value. */
  static long rows(JsonNode column) {
    return column.path("bins").path("counts").valueStream().mapToLong(JsonNode::asLong).sum();
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }

  /**
   * Rows in bins.
   *
   * @param counts at least one is above 0
   */
  record Bins(List<Long> counts) {
    /**
     * @param share of the bin that lies below, from 0 to less than 1
     */
    record Place(int index, double share) {}

    static Bins of(JsonNode bins) {
      return new Bins(bins.path("counts").valueStream().map(JsonNode::asLong).toList());
    }

    static Bins equal(int count) {
      return new Bins(LongStream.range(0, count).map(_ -> 1).boxed().toList());
    }

    Place at(double share) {
      double left = share * counts.stream().mapToLong(Long::longValue).sum();
      for (int i = 0; i < counts.size(); i++) {
        if (left < counts.get(i)) {
          return new Place(i, left / counts.get(i));
        }
        left -= counts.get(i);
      }
      return new Place(last(), Math.nextDown(1.0));
    }

    private int last() {
      return IntStream.range(0, counts.size()).filter(i -> counts.get(i) > 0).max().orElse(0);
    }
  }
}
