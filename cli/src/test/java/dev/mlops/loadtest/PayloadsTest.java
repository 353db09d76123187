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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
