package dev.mlops.service.predict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.artifact.SampleArtifact;
import dev.mlops.service.json.ByteSink;
import dev.mlops.service.json.Json;
import dev.mlops.service.predict.Dialect.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every dialect says the same of the same rows. */
final class DialectTest {
  private static final Lane LANE =
      new ServedModel(SampleArtifact.train(), "sha256:0123456789abcdef", 1).lane(0);
  private static final Dialect PREDICT = Dialect.Objects.PREDICT;
  private static final Dialect CSV = new Dialect.Csv(Reply.CSV);
  private static final Dialect V1 = new Dialect.Instances();
  private static final Dialect V2 = Dialect.Tensors.JSON;

  private static final String RED = "{\"size\":1.5,\"weight\":2,\"colour\":\"red\",\"sold\":true}";
  private static final String BLUE = "{\"size\":9,\"colour\":\"blue\",\"sold\":false}";
  private static final String OBJECTS = "[" + RED + "," + BLUE + "]";
  private static final String TENSORS =
      """
      {"id":"4\\"2","inputs":[
        {"name":"sold","shape":[2,1],"datatype":"BOOL","data":[[true],[false]]},
        {"data":["red","blue"],"name":"colour","datatype":"BYTES","shape":[2]},
        {"name":"weight","shape":[2],"datatype":"FP32","data":[2,null],"parameters":{"a":[1]}},
        {"name":"size","shape":[2,1],"datatype":"FP64","data":[1.5,9]}],
       "parameters":{"x":{"y":[]}}}
      """;

  @Test
  void predictsInstancesAsObjectsOrLists() throws Exception {
    List<?> expected = (List<?>) json(PREDICT, OBJECTS).value();
    assertEquals(
        expected,
        json(V1, "{\"instances\":" + OBJECTS + ",\"parameters\":{}}").get("predictions").value());
    String lists = "{\"x\":[[]],\"instances\":[[1.5,2,\"red\",true],[9,null,\"blue\",false]]}";
    assertEquals(expected, json(V1, lists).get("predictions").value());
    assertEquals("{\"predictions\":[]}", answer(V1, "{\"instances\":[]}"));
  }

  @Test
  void predictsCsvInEitherReply() throws Exception {
    List<?> expected = (List<?>) json(PREDICT, OBJECTS).value();
    String lines = "1.5, 2,red,true\r\n9,,blue,no\n";
    assertEquals(expected, json(new Dialect.Csv(Reply.JSON), lines).value());
    String first = answer(CSV, lines).lines().findFirst().orElseThrow();
    Json probabilities = json(PREDICT, RED).get("probabilities");
    String numbers =
        String.join(
            ",",
            SampleArtifact.CLASSES.stream()
                .map(name -> Double.toString(probabilities.get(name).number()))
                .toList());
    assertTrue(first.endsWith("," + numbers), first);
    assertEquals(first + "\n", answer(new Dialect.Objects(Reply.CSV), RED));
  }

  @Test
  void predictsJsonLinesOfObjectsAndOfLists() throws Exception {
    List<?> expected = (List<?>) json(PREDICT, OBJECTS).value();
    Dialect lines = new Dialect.Lines(Reply.LINES);
    String body = RED + "\r\n[9,null,\"blue\",false]\n";
    List<Object> answered =
        answer(lines, body)
            .lines()
            .map(line -> Json.parse(line.getBytes(UTF_8), "line").value())
            .toList();
    assertEquals(expected, answered);
    assertEquals(expected, json(new Dialect.Lines(Reply.JSON), body).value());
    assertEquals(answer(CSV, "1.5,2,red,true"), answer(new Dialect.Lines(Reply.CSV), RED));
    assertEquals("", answer(lines, "\n"));
    assertEquals(Refusal.Reason.MALFORMED_JSON, refusal(lines, RED + "\n{").reason());
    assertEquals(Refusal.Reason.MALFORMED_JSON, refusal(lines, RED + "\n7").reason());
    assertEquals(Refusal.Reason.WRONG_SHAPE, refusal(lines, RED + "\n[1]").reason());
    assertEquals(Refusal.Reason.TOO_MANY_ROWS, refusal(lines, (RED + "\n").repeat(1001)).reason());
  }

  @Test
  void quotesAClassInCsv() throws Exception {
    String line = "";
    for (int size = 0; size < 10 && !line.startsWith("\"mid"); size++) {
      line = answer(CSV, size + ",5,grün,0");
    }
    assertTrue(line.startsWith("\"mid \"\"x\"\"\","), line);
  }

  @Test
  void predictsTensors() throws Exception {
    Json answer = json(V2, TENSORS);
    assertEquals("sample", answer.get("model_name").text());
    assertEquals("0123456789ab", answer.get("model_version").text());
    assertEquals("4\"2", answer.get("id").text());
    List<Json> rows = json(PREDICT, OBJECTS).list();
    Json classes = answer.get("outputs").list().get(0);
    assertEquals("class", classes.get("name").text());
    assertEquals("BYTES", classes.get("datatype").text());
    assertEquals(List.of(2.0), classes.get("shape").numbers());
    assertEquals(
        rows.stream().map(row -> row.get("prediction").text()).toList(),
        classes.get("data").texts());
    Json probabilities = answer.get("outputs").list().get(1);
    assertEquals(List.of(2.0, 3.0), probabilities.get("shape").numbers());
    assertEquals(
        rows.stream()
            .flatMap(row ->
                SampleArtifact.CLASSES.stream()
                    .map(name -> row.get("probabilities").get(name).number()))
            .toList(),
        probabilities.get("data").numbers());
  }

  @Test
  void answersTheTensorsAskedFor() throws Exception {
    String one = TENSORS.replace("\"id\"", "\"outputs\":[{\"name\":\"probabilities\"}],\"id\"");
    List<Json> outputs = json(V2, one).get("outputs").list();
    assertEquals(1, outputs.size());
    assertEquals("probabilities", outputs.getFirst().get("name").text());
    Refusal refusal = refusal(V2, one.replace("\"probabilities\"", "\"logits\""));
    assertEquals(Refusal.Reason.UNKNOWN_FIELD, refusal.reason());
    assertTrue(refusal.getMessage().contains("class, probabilities"), refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "shape":[2]                 | "shape":[3]                   | WRONG_SHAPE
          "shape":[2]                 | "shape":[2,2]                 | WRONG_SHAPE
          "shape":[2]                 | "shape":[]                    | WRONG_SHAPE
          "shape":[2]                 | "shape":[1,2,1]               | WRONG_SHAPE
          "shape":[2]                 | "shape":[-2]                  | WRONG_SHAPE
          "shape":[2]                 | "shape":[2.5]                 | WRONG_TYPE
          "shape":[2]                 | "shape":[99999999999999999999]| MALFORMED_JSON
          "shape":[2,1]               | "shape":[1001,1]              | TOO_MANY_ROWS
          "shape":[2,1]               | "shape":[9223372036854775807,1] | TOO_MANY_ROWS
          [1.5,9]                     | [1.5]                         | WRONG_SHAPE
          [1.5,9]                     | [1.5,9,9]                     | WRONG_SHAPE
          [1.5,9]                     | [[1.5],9]                     | WRONG_SHAPE
          [1.5,9]                     | [[1.5,9]]                     | WRONG_SHAPE
          [1.5,9]                     | [[[1.5]],[[9]]]               | WRONG_SHAPE
          [1.5,9]                     | [1.5,"9"]                     | WRONG_TYPE
          [1.5,9]                     | [1.5,1e999]                   | WRONG_TYPE
          [1.5,9]                     | [1.5,null]                    | MISSING_FIELD
          [1.5,9]                     | [1.5,NaN]                     | MALFORMED_JSON
          [1.5,9]                     | 9                             | WRONG_TYPE
          "FP64"                      | "INT32"                       | WRONG_TYPE
          "FP64"                      | "BOOL"                        | WRONG_TYPE
          "FP64"                      | "TEXT"                        | WRONG_TYPE
          "FP64"                      | 64                            | WRONG_TYPE
          "BYTES"                     | "INT8"                        | WRONG_TYPE
          "red"                       | "pink"                        | UNKNOWN_CATEGORY
          "name":"size"               | "name":"weight"               | DUPLICATE_FIELD
          "name":"size"               | "name":"sise"                 | UNKNOWN_FIELD
          "name":"size"               | "title":"size"                | MISSING_FIELD
          "inputs"                    | "input"                       | MISSING_FIELD
          "id":"4\\"2"                | "id":42                       | WRONG_TYPE
          {"x":{"y":[]}}              | {"x":{"x":1,"x":2}}           | MALFORMED_JSON
          """)
  void saysWhatIsWrongWithTensors(String good, String bad, String reason) {
    assertTrue(TENSORS.contains(good), good);
    assertEquals(
        Refusal.Reason.valueOf(reason), refusal(V2, TENSORS.replace(good, bad)).reason(), bad);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "{", "{\"inputs\":[{\"data\":[1,", "{} x", "\u0000"})
  void refusesWhatIsNoObject(String body) {
    assertTrue(
        List.of(Refusal.Reason.MALFORMED_JSON, Refusal.Reason.MISSING_FIELD)
            .contains(refusal(V2, body).reason()));
    assertTrue(
        List.of(Refusal.Reason.MALFORMED_JSON, Refusal.Reason.MISSING_FIELD)
            .contains(refusal(V1, body).reason()));
  }

  @Test
  void namesTheRowOfEveryDialect() {
    assertTrue(refusal(V1, "{\"instances\":[" + RED + ",{}]}").getMessage().startsWith("Row 1: "));
    Dialect lines = new Dialect.Lines(Reply.LINES);
    assertTrue(refusal(lines, RED + "\n[1]").getMessage().startsWith("Row 1: "));
    assertTrue(refusal(CSV, "1,2,red,true\n1,2,red\n").getMessage().startsWith("Row 1: "));
    assertTrue(refusal(V2, TENSORS.replace("blue", "b")).getMessage().startsWith("Row 1: "));
  }

  @Test
  void saysWhichColumnsAreWanted() {
    Refusal refusal = refusal(CSV, "1,2,red");
    assertEquals(Refusal.Reason.WRONG_SHAPE, refusal.reason());
    assertTrue(refusal.getMessage().contains("size, weight, colour, sold"), refusal.getMessage());
    assertEquals(Refusal.Reason.MALFORMED_CSV, refusal(CSV, "1,2,\"red,true").reason());
    assertEquals(Refusal.Reason.WRONG_TYPE, refusal(CSV, "0x1p3,2,red,true").reason());
  }

  private static Json json(Dialect dialect, String body) throws Refusal {
    return Json.parse(answer(dialect, body).getBytes(UTF_8), "answer");
  }

  private static String answer(Dialect dialect, String body) throws Refusal {
    ByteSink out = new ByteSink();
    byte[] bytes = ("before" + body + "behind").getBytes(UTF_8);
    LANE.answer(dialect, bytes, 6, bytes.length - 12, out);
    return new String(out.array(), 0, out.length(), UTF_8);
  }

  private static Refusal refusal(Dialect dialect, String body) {
    return assertThrows(Refusal.class, () -> answer(dialect, body));
  }
}
