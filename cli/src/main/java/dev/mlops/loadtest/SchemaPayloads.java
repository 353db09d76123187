package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.Code;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Request bodies that a model accepts, by its schema (docs/reference/artifact.md). */
final class SchemaPayloads {
  static final int COUNT = 4_096;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How often a value is left out that training rows lacked now and then. */
  private static final double MISSING_SHARE = 0.05;

  private final List<JsonNode> features;

  private SchemaPayloads(List<JsonNode> features) {
    this.features = features;
  }

  static SchemaPayloads read(Path schema) {
    try {
      List<JsonNode> features = new ArrayList<>();
      JSON.readTree(Files.readAllBytes(schema)).path("features").forEach(features::add);
      if (features.isEmpty()) {
        throw new IOException("it names no features");
      }
      return new SchemaPayloads(features);
    } catch (IOException e) {
      throw Code.LOAD_PAYLOAD.problem(
          "The model's schema " + schema + " can't be read",
          "The bodies of requests are drawn from its ranges and categories.",
          "mlops train",
          e);
    }
  }

  /** Seeded, so that equal schemas give equal bodies. */
  List<String> draw(SplittableRandom random) {
    List<String> bodies = new ArrayList<>(COUNT);
    for (int i = 0; i < COUNT; i++) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      features.forEach(feature -> body.set(feature.path("name").asText(), value(feature, random)));
      bodies.add(body.toString());
    }
    return bodies;
  }

  Optional<JsonNode> feature(String name) {
    return features.stream()
        .filter(feature -> feature.path("name").asText().equals(name))
        .findFirst();
  }

  private static JsonNode value(JsonNode feature, SplittableRandom random) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (feature.path("missing").asBoolean() && random.nextDouble() < MISSING_SHARE) {
      return nodes.nullNode();
    }
    return switch (feature.path("type").asText()) {
      case "number" -> nodes.numberNode(number(feature, random.nextDouble()));
      case "boolean" -> nodes.booleanNode(random.nextBoolean());
      case "category" -> {
        JsonNode words = feature.path("categories");
        yield words.isEmpty() ? nodes.nullNode() : words.get(random.nextInt(words.size()));
      }
      default ->
          throw Code.LOAD_PAYLOAD.problem(
              "The model's schema has a feature of the unknown type " + feature.path("type"),
              "It was written by another version of mlops.",
              "mlops train");
    };
  }

  /** Uniform in the range, with as many decimals as tell a few hundred values apart. */
  private static BigDecimal number(JsonNode feature, double share) {
    // Of a model that came without data no range is known.
    double min = feature.path("min").asDouble(0);
    double max = feature.path("max").asDouble(feature.path("integer").asBoolean() ? 9 : 1);
    double range = max - min;
    if (!(range > 0) || Double.isInfinite(range)) {
      return BigDecimal.valueOf(min);
    }
    int decimals =
        feature.path("integer").asBoolean()
            ? 0
            : Math.max(0, 2 - (int) Math.floor(Math.log10(range)));
    return BigDecimal.valueOf(min + share * range)
        .setScale(decimals, RoundingMode.HALF_EVEN)
        .max(BigDecimal.valueOf(min))
        .min(BigDecimal.valueOf(max));
  }
}
