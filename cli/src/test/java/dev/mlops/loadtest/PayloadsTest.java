package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PayloadsTest {
  private static final String SCHEMA =
      """
      {"task": "classification", "features": [
        {"name": "length", "type": "number", "integer": false, "min": 4.3, "max": 7.9, "missing": false},
        {"name": "tiny", "type": "number", "integer": false, "min": 0.001, "max": 0.0011, "missing": false},
        {"name": "rooms", "type": "number", "integer": true, "min": -2, "max": 3, "missing": true},
        {"name": "fixed", "type": "number", "integer": false, "min": 1.5, "max": 1.5, "missing": false},
        {"name": "colour", "type": "category", "categories": ["b\\"lue", "röt"], "missing": false},
        {"name": "sold", "type": "boolean", "missing": false}]}
      """;

  private static final String PROFILE =
      """
      {"features": [
        {"name": "length", "bins": {"edges": [5, 5.5, 6.0], "counts": [8, 0, 48, 24]}, "missing": 20},
        {"name": "rooms", "bins": {"edges": [-1, 1], "counts": [50, 25, 25]}, "missing": 0},
        {"name": "colour", "bins": {"values": ["b\\"lue", "röt"], "counts": [10, 90]}, "missing": 0}]}
      """;

  private static final String GOLDEN =
      """
      {"rows": [
        {"input": {"length": 5.1, "rooms": -2, "sold": true}},
        {"input": {"length": 7, "rooms": 1, "sold": false}},
        {"input": {"rooms": -2, "sold": true}},
        {"input": {"length": 6, "rooms": 3, "sold": false}}]}
      """;

  @TempDir Path folder;
  private Path schema;

  @BeforeEach
  void writeSchema() throws IOException {
    schema = Files.writeString(folder.resolve("schema.json"), SCHEMA);
  }

  @Test
  void bodiesStayWithinWhatTheModelKnows() throws IOException {
    List<String> bodies = new Payloads.FromSchema(schema).render(1);
    assertEquals(4_096, bodies.size());
    Set<String> rooms = new TreeSet<>();
    Set<String> tiny = new TreeSet<>();
    for (String body : bodies) {
      JsonNode row = new ObjectMapper().readTree(body);
      assertEquals(6, row.size());
      assertTrue(row.get("length").asDouble() >= 4.3 && row.get("length").asDouble() <= 7.9, body);
      assertTrue(row.get("tiny").asDouble() >= 0.001 && row.get("tiny").asDouble() <= 0.0011, body);
      assertEquals(1.5, row.get("fixed").asDouble());
      assertTrue(Set.of("b\"lue", "röt").contains(row.get("colour").asText()), body);
      assertTrue(row.get("sold").isBoolean(), body);
      rooms.add(row.get("rooms").toString());
      tiny.add(row.get("tiny").toString());
    }
    assertEquals(Set.of("-2", "-1", "0", "1", "2", "3", "null"), rooms);
    assertTrue(tiny.size() > 50, "small ranges keep their decimals: " + tiny.size());
  }

  @Test
  void bodiesAreSpreadLikeTheTrainingRows() throws IOException {
    Files.writeString(folder.resolve("profile.json"), PROFILE);
    Files.writeString(folder.resolve("golden.json"), GOLDEN);
    List<JsonNode> rows = draw();
    assertShare(0.2, rows, row -> row.get("length").isNull());
    assertShare(0.08, rows, row -> row.get("length").isNumber() && number(row, "length") < 5);
    assertShare(0, rows, row -> number(row, "length") >= 5 && number(row, "length") < 5.5);
    assertShare(0.48, rows, row -> number(row, "length") >= 5.5 && number(row, "length") < 6);
    assertShare(0.24, rows, row -> number(row, "length") >= 6);
    assertShare(0.5, rows, row -> number(row, "rooms") == -2);
    assertShare(0.5 / 6, rows, row -> number(row, "rooms") == 3);
    assertShare(0.9, rows, row -> row.get("colour").asText().equals("röt"));
    assertShare(0.5, rows, row -> row.get("sold").asBoolean());
    for (JsonNode row : rows) {
      assertTrue(row.get("length").isNull() || row.get("length").asText().matches("\\d\\.\\d"));
      assertTrue(row.get("rooms").isIntegralNumber());
    }
  }

  @Test
  void whatGoesTogetherInTheGoldenRowsDoesSoInBodies() throws IOException {
    Files.writeString(folder.resolve("profile.json"), PROFILE);
    assertShare(0.25, draw(), row -> row.get("sold").asBoolean() && number(row, "rooms") == -2);
    Files.writeString(folder.resolve("golden.json"), GOLDEN);
    assertShare(0.5, draw(), row -> row.get("sold").asBoolean() && number(row, "rooms") == -2);
  }

  @Test
  void aProfileThatCountsNothingTellsNothing() throws IOException {
    List<String> alike = new Payloads.FromSchema(schema).render(1);
    Files.writeString(
        folder.resolve("profile.json"), PROFILE.replaceAll("[1-9]\\d*(?=[],}])", "0"));
    Files.writeString(folder.resolve("golden.json"), GOLDEN);
    assertEquals(alike, new Payloads.FromSchema(schema).render(1));
  }

  private List<JsonNode> draw() throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String body : new Payloads.FromSchema(schema).render(1)) {
      rows.add(new ObjectMapper().readTree(body));
    }
    return rows;
  }

  private static double number(JsonNode row, String feature) {
    return row.get(feature).asDouble(Double.NaN);
  }

  /** Within four standard deviations of the draw; it is seeded. */
  private static void assertShare(double share, List<JsonNode> rows, Predicate<JsonNode> having) {
    double seen = (double) rows.stream().filter(having).count() / rows.size();
    assertEquals(share, seen, 4 * Math.sqrt(share * (1 - share) / rows.size()));
  }

  @Test
  void theSameSeedGivesTheSameBodies() {
    Payloads payloads = new Payloads.FromSchema(schema);
    assertEquals(payloads.render(5), payloads.render(5));
    assertTrue(!payloads.render(5).equals(payloads.render(6)));
  }

  @Test
  void rowsTakeTheirTypesFromTheSchema() throws IOException {
    Path rows =
        Files.writeString(
            folder.resolve("rows.csv"), "length,colour,sold,price\n5.10,1,yes,9\n,röt,0,9\n");
    assertEquals(
        List.of(
            "{\"length\":5.10,\"colour\":\"1\",\"sold\":true}",
            "{\"length\":null,\"colour\":\"röt\",\"sold\":false}"),
        new Payloads.FromCsv(rows, Optional.of(schema)).render(1));
  }

  @Test
  void rowsWithoutASchemaAreTakenAsTheyLook() throws IOException {
    Path rows = Files.writeString(folder.resolve("rows.csv"), "a,b,c\n1e3,true,x y\n");
    assertEquals(
        List.of("{\"a\":1E+3,\"b\":true,\"c\":\"x y\"}"),
        new Payloads.FromCsv(rows, Optional.empty()).render(1));
  }

  @Test
  void saysWhyThereIsNothingToSend() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.csv"), "a,b\n");
    assertNothingToSend(new Payloads.FromCsv(empty, Optional.empty()));
    assertNothingToSend(new Payloads.FromCsv(empty.resolveSibling("none.csv"), Optional.empty()));
    Path foreign = Files.writeString(folder.resolve("foreign.csv"), "a,b\n1,2\n");
    assertNothingToSend(new Payloads.FromCsv(foreign, Optional.of(schema)));
    assertNothingToSend(new Payloads.FromSchema(folder.resolve("none.json")));
  }

  private static void assertNothingToSend(Payloads payloads) {
    MlopsException e = assertThrows(MlopsException.class, () -> payloads.render(1));
    assertEquals(Code.LOAD_PAYLOAD, e.problem().code());
  }
}
