package dev.mlops.service.http;

import static dev.mlops.service.http.RunningServer.GOOD;
import static dev.mlops.service.http.RunningServer.post;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.artifact.SampleArtifact;
import dev.mlops.service.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PredictTest {
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.ready();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void answersOneRowWithClassAndProbabilities() throws Exception {
    Json answer = ok(GOOD);
    Json probabilities = answer.get("probabilities");
    assertEquals(SampleArtifact.CLASSES, List.copyOf(probabilities.keys()));
    double sum = 0;
    double best = 0;
    for (String name : SampleArtifact.CLASSES) {
      sum += probabilities.get(name).number();
      best = Math.max(best, probabilities.get(name).number());
    }
    assertEquals(1, sum, 1e-9);
    assertEquals(best, probabilities.get(answer.get("prediction").text()).number());
  }

  @Test
  void answersAListInItsOrder() throws Exception {
    String other = GOOD.replace("1.5", "9.5");
    Json list = ok("[" + GOOD + "," + other + "," + GOOD + "]");
    assertEquals(List.of(ok(GOOD).value(), ok(other).value(), ok(GOOD).value()), list.value());
    assertEquals(List.of(), ok(" [ ] ").value());
  }

  @Test
  void takesANullOrNothingForAValueThatTrainingLacked() throws Exception {
    Object without = ok(GOOD.replace("\"weight\":2,", "")).value();
    assertEquals(without, ok(GOOD.replace("\"weight\":2", "\"weight\":null")).value());
  }

  @Test
  void readsEscapedAndNonAsciiText() throws Exception {
    assertEquals(
        ok(GOOD.replace("red", "grün")).value(), ok(GOOD.replace("red", "gr\\u00fcn")).value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"size":1,"colour":"red"}                          | missing_field    | sold
          {"size":null,"colour":"red","sold":true}           | missing_field    | size
          {"size":1,"colour":"red","sold":true,"sise":2}     | unknown_field    | sise
          {"size":1,"colour":"red","sold":true,"size":2}     | duplicate_field  | size
          {"size":"1","colour":"red","sold":true}            | wrong_type       | size
          {"size":{"a":[]},"colour":"red","sold":true}       | wrong_type       | size
          {"size":[[[[[[1]]]]]],"colour":"red","sold":true}  | wrong_type       | size
          {"size":1e999,"colour":"red","sold":true}          | wrong_type       | size
          {"size":-1e999,"colour":"red","sold":true}         | wrong_type       | size
          {"size":1,"colour":3,"sold":true}                  | wrong_type       | colour
          {"size":1,"colour":"red","sold":1}                 | wrong_type       | sold
          {"size":1,"colour":"pink","sold":true}             | unknown_category | colour
          {"size":NaN,"colour":"red","sold":true}            | malformed_json   | size
          {"size":Infinity,"colour":"red","sold":true}       | malformed_json   | size
          {"size":01,"colour":"red","sold":true}             | malformed_json   | size
          """)
  void namesTheFieldThatIsAtFault(String body, String code, String field) throws Exception {
    Json error = refused(400, body.getBytes(UTF_8));
    assertEquals(code, error.get("code").text());
    assertEquals(field, error.get("field").text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``",
        "{",
        "[",
        "[[]]",
        "[1]",
        "1",
        "null",
        "[] {}",
        "[] x",
        "[{\"size\":1",
        "{\"size\"}",
        "{'size':1}",
        "{\"size\":1,}",
        "nonsense",
        "{\"\\ud800\":1",
        "/* */ {}"
      })
  void refusesWhatIsNotJson(String body) throws Exception {
    assertEquals("malformed_json", refused(400, body.getBytes(UTF_8)).get("code").text());
  }

  @Test
  void refusesWhatIsNotUtf8() throws Exception {
    String umlaut = GOOD.replace("red", "grün");
    for (byte[] body :
        List.of(
            umlaut.getBytes(ISO_8859_1),
            GOOD.getBytes(UTF_16BE),
            // An overlong slash, a lone surrogate.
            GOOD.replace("red", "@@").replace("@@", "\u00c0\u00af").getBytes(ISO_8859_1),
            GOOD.replace("red", "\u00ed\u00a0\u0080").getBytes(ISO_8859_1))) {
      assertEquals("malformed_json", refused(400, body).get("code").text());
    }
  }

  @Test
  void refusesJsonHoweverDeep() throws Exception {
    int depth = 200_000;
    assertEquals("malformed_json", refused(400, bytes("[".repeat(depth))).get("code").text());
    String lists = GOOD.replace("1.5", "[".repeat(depth) + "]".repeat(depth));
    assertEquals("wrong_type", refused(400, bytes(lists)).get("code").text());
    String objects = GOOD.replace("1.5", "{\"a\":".repeat(depth));
    assertEquals("wrong_type", refused(400, bytes(objects)).get("code").text());
  }

  @Test
  void suggestsTheNameThatWasMeantAndNamesTheRow() throws Exception {
    String wrong = GOOD.replace("colour", "color");
    String message = refused(400, bytes("[" + GOOD + "," + wrong + "]")).get("message").text();
    assertTrue(message.contains("did you mean 'colour'"), message);
    assertTrue(message.startsWith("Row 1:"), message);
  }

  @Test
  void doesNotSendAHugeNameBack() throws Exception {
    String body = "{\"" + "x".repeat(40_000) + "\":1}";
    assertTrue(refused(400, bytes(body)).get("field").text().length() < 200);
  }

  @Test
  void boundsTheRows() throws Exception {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rows.add(GOOD);
    }
    assertEquals(1000, ok("[" + String.join(",", rows) + "]").list().size());
    rows.add(GOOD);
    Json error = refused(413, bytes("[" + String.join(",", rows) + "]"));
    assertEquals("too_many_rows", error.get("code").text());
  }

  @Test
  void answersAnOrdinaryClient() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/predict"))
              .header("Content-Type", "application/json; charset=UTF-8")
              .POST(HttpRequest.BodyPublishers.ofString(GOOD))
              .build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals(200, response.statusCode());
      assertEquals("application/json", response.headers().firstValue("Content-Type").orElse(""));
      assertTrue(response.headers().firstValue("Server").isEmpty());
    }
  }

  private static Json ok(String body) throws Exception {
    try (RawClient client = server.client()) {
      RawClient.Answer answer = client.send(post(body)).answer();
      assertEquals(200, answer.status(), answer.body());
      return Json.parse(bytes(answer.body()), "answer");
    }
  }

  /** The error object of an answer, after which the connection still serves. */
  private static Json refused(int status, byte[] body) throws Exception {
    try (RawClient client = server.client()) {
      client.send(
          "POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n\r\n");
      RawClient.Answer answer = client.send(body).answer();
      assertEquals(status, answer.status(), answer.body());
      assertEquals(200, client.send(post(GOOD)).answer().status());
      return Json.parse(bytes(answer.body()), "answer").get("error");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
