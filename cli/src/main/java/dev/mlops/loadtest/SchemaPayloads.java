package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Request bodies that a model accepts and that look like the rows it has learnt from, by its
 * artifact (docs/reference/artifact.md).
 */
final class SchemaPayloads {
  static final int COUNT = 4_096;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> features;
  private final List<Spread> spreads;
  private final Likeness likeness;

  private SchemaPayloads(List<JsonNode> features, List<Spread> spreads, Likeness likeness) {
    this.features = features;
    this.spreads = spreads;
    this.likeness = likeness;
  }

  /**
   * @param schema the artifact's {@code schema.json}; beside it its profile and golden rows, if the
   *     model has them
   */
  static SchemaPayloads read(Path schema) {
    try {
      List<JsonNode> features = elements(schema, "features");
      if (features.isEmpty()) {
        throw new IOException("it names no features");
      }
      return of(
          features,
          ifThere(schema.resolveSibling("profile.json"), "features"),
          ifThere(schema.resolveSibling("golden.json"), "rows"));
    } catch (IOException e) {
      throw Code.LOAD_PAYLOAD.problem(
          "The model's schema " + schema + " can't be read",
          "The bodies of requests are drawn after it and the profile beside it.",
          "mlops train",
          e);
    }
  }

  private static SchemaPayloads of(
      List<JsonNode> features, List<JsonNode> profile, List<JsonNode> golden) {
    List<String> names = features.stream().map(SchemaPayloads::name).toList();
    List<Spread> spreads =
        features.stream().map(feature -> Spread.of(feature, column(profile, feature))).toList();
    // Without training rows the golden ones are made up, too.
    boolean learnt = features.stream().anyMatch(feature -> column(profile, feature).isPresent());
    List<JsonNode> rows = golden.stream().map(row -> row.path("input")).toList();
    Likeness likeness = learnt ? Likeness.of(names, spreads, rows) : Likeness.none(features.size());
    return new SchemaPayloads(features, spreads, likeness);
  }

  /** Of a model that came without data the profile counts nothing. */
  private static Optional<JsonNode> column(List<JsonNode> profile, JsonNode feature) {
    return profile.stream()
        .filter(column -> name(column).equals(name(feature)) && Spread.rows(column) > 0)
        .findFirst();
  }

  private static List<JsonNode> ifThere(Path file, String key) throws IOException {
    return Files.exists(file) ? elements(file, key) : List.of();
  }

  private static List<JsonNode> elements(Path file, String key) throws IOException {
    return JSON.readTree(Files.readAllBytes(file)).path(key).valueStream().toList();
  }

  private static String name(JsonNode feature) {
    return feature.path("name").asText();
  }

  /** Seeded, so that equal artifacts give equal bodies. */
  List<String> draw(SplittableRandom random) {
    List<String> bodies = new ArrayList<>(COUNT);
    for (int i = 0; i < COUNT; i++) {
      bodies.add(body(likeness.draw(random)).toString());
    }
    return bodies;
  }

  private ObjectNode body(double[] shares) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < shares.length; i++) {
      body.set(name(features.get(i)), spreads.get(i).at(shares[i]));
    }
    return body;
  }

  Optional<JsonNode> feature(String name) {
    return features.stream().filter(feature -> name(feature).equals(name)).findFirst();
  }
}
