package dev.mlops.service.http;

import static dev.mlops.service.http.RunningServer.GOOD;
import static dev.mlops.service.http.RunningServer.get;
import static dev.mlops.service.http.RunningServer.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every protocol at its paths, over sockets. */
final class DialectsTest {
  private static final String V2 = "/v2/models/sample";
  private static final String VERSION = V2 + "/versions/0123456789ab";
  private static final String INSTANCES = "{\"instances\":[" + GOOD + "]}";
  private static final String TENSORS =
      """
      {"id":"7","inputs":[
        {"name":"size","shape":[1],"datatype":"FP64","data":[1.5]},
        {"name":"weight","shape":[1],"datatype":"FP64","data":[2]},
        {"name":"colour","shape":[1],"datatype":"BYTES","data":["red"]},
        {"name":"sold","shape":[1],"datatype":"BOOL","data":[true]}]}
      """;

  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.ready();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void speaksOpenInference() throws Exception {
    assertEquals("{\"live\":true}", ok(get("/v2/health/live")));
    assertEquals("{\"ready\":true}", ok(get("/v2/health/ready")));
    assertEquals("mlops", json(ok(get("/v2"))).get("name").text());
    for (String path : List.of(V2, VERSION)) {
      assertEquals("{\"name\":\"sample\",\"ready\":true}", ok(get(path + "/ready")));
      Json model = json(ok(get(path)));
      assertEquals(List.of("0123456789ab"), model.get("versions").texts());
      assertEquals(
          List.of("FP64", "FP64", "BYTES", "BOOL"),
          model.get("inputs").list().stream().map(input -> input.get("datatype").text()).toList());
      assertEquals(
          List.of("class", "probabilities"),
          model.get("outputs").list().stream().map(output -> output.get("name").text()).toList());
      Json answer = json(ok(post(path + "/infer", "", TENSORS)));
      assertEquals("7", answer.get("id").text());
      assertEquals(
          List.of(json(ok(post(GOOD))).get("prediction").text()),
          answer.get("outputs").list().getFirst().get("data").texts());
    }
  }

  @Test
  void takesTensorsInBinary() throws Exception {
    byte[] json =
        """
        {"inputs":[
          {"name":"size","shape":[1],"datatype":"FP32","parameters":{"binary_data_size":4}},
          {"name":"colour","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":7}},
          {"name":"weight","shape":[1],"datatype":"UINT8","parameters":{"binary_data_size":1}},
          {"name":"sold","shape":[1],"datatype":"BOOL","parameters":{"binary_data_size":1}}]}
        """
            .getBytes(UTF_8);
    ByteBuffer tensors = ByteBuffer.allocate(13).order(ByteOrder.LITTLE_ENDIAN);
    tensors.putFloat(1.5f).putInt(3).put("red".getBytes(UTF_8)).put((byte) 2).put((byte) 1);
    var body = new ByteArrayOutputStream();
    body.writeBytes(json);
    body.writeBytes(tensors.array());
    String head =
        "POST %s/infer HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nInference-Header-Content-Length: %d\r\nContent-Length: %d\r\n\r\n";
    try (RawClient client = server.client()) {
      client.send(head.formatted(V2, json.length, body.size()));
      RawClient.Answer answer = client.send(body.toByteArray()).answer();
      assertEquals(200, answer.status(), answer.body());
      assertEquals(
          json(ok(post(V2 + "/infer", "", TENSORS))).get("outputs").value(),
          json(answer.body()).get("outputs").value());
      client.send(head.formatted(V2, body.size() + 1, body.size()));
      assertEquals(400, client.send(body.toByteArray()).answer().status());
      client.send(head.formatted(V2, json.length, body.size() - 1));
      byte[] less = new byte[body.size() - 1];
      System.arraycopy(body.toByteArray(), 0, less, 0, less.length);
      assertEquals(400, client.send(less).answer().status());
      assertEquals(200, client.send(post(GOOD)).answer().status());
    }
  }

  @Test
  void speaksKserveV1() throws Exception {
    assertEquals("{\"models\":[\"sample\"]}", ok(get("/v1/models")));
    assertEquals("{\"name\":\"sample\",\"ready\":true}", ok(get("/v1/models/sample")));
    Json answer = json(ok(post("/v1/models/sample:predict", "", INSTANCES)));
    assertEquals(List.of(json(ok(post(GOOD))).value()), answer.get("predictions").value());
  }

  @Test
  void speaksSageMaker() throws Exception {
    assertEquals("{\"status\":\"ready\"}", ok(get("/ping")));
    assertEquals(ok(post(GOOD)), ok(post("/invocations", "", GOOD)));
    String csv = "Content-Type: text/csv\r\n";
    String line = "1.5,2,red,true\n";
    assertEquals("[" + ok(post(GOOD)) + "]", ok(post("/invocations", csv, line)));
    try (RawClient client = server.client()) {
      String accept = csv + "Accept: application/json;q=0.8, text/csv;q=0.9, text/plain\r\n";
      RawClient.Answer answer = client.send(post("/invocations", accept, line)).answer();
      assertEquals("text/csv; charset=utf-8", answer.header("content-type"));
      assertTrue(answer.body().matches("(cheap|dear|\"mid.*),[0-9.E-]+,[0-9.E-]+,[0-9.E-]+\n"));
      String other = "Content-Type: application/x-npy\r\n";
      RawClient.Answer refused = client.send(post("/invocations", other, line)).answer();
      assertEquals(415, refused.status());
      assertTrue(
          refused.body().contains("application/json, application/jsonlines or text/csv"),
          refused.body());
      String lines = "Content-Type: application/jsonlines\r\n";
      answer = client.send(post("/invocations", lines, GOOD + "\n" + GOOD)).answer();
      assertEquals("application/jsonlines", answer.header("content-type"));
      assertEquals((ok(post(GOOD)) + "\n").repeat(2), answer.body());
      answer =
          client
              .send(post("/invocations", lines + "Accept: application/json, */*;q=0\r\n", GOOD))
              .answer();
      assertEquals("[" + ok(post(GOOD)) + "]", answer.body());
      String short8 = "Content-Type: text/csv; charset=UTF8\r\n";
      assertEquals(200, client.send(post("/invocations", short8, line)).answer().status());
      String latin = "Content-Type: text/csv; charset=latin1\r\n";
      assertEquals(415, client.send(post("/invocations", latin, line)).answer().status());
      answer = client.send(post("/invocations", csv, "1.5,2,red\n")).answer();
      assertEquals("wrong_shape", json(answer.body()).get("error").get("code").text());
    }
  }

  @Test
  void takesJsonOfWhichCurlWasNotToldThatItIs() throws Exception {
    String form = "Content-Type: application/x-www-form-urlencoded\r\n";
    assertEquals(
        ok(post("/v1/models/sample:predict", "", INSTANCES)),
        ok(post("/v1/models/sample:predict", form, INSTANCES)));
    assertEquals(ok(post(V2 + "/infer", "", TENSORS)), ok(post(V2 + "/infer", form, TENSORS)));
    try (RawClient client = server.client()) {
      assertEquals(415, client.send(post(form, GOOD)).answer().status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/models/sample:predict", V2 + "/infer", VERSION + "/infer"})
  void tellsFaultsInTheProtocolsForm(String path) throws Exception {
    try (RawClient client = server.client()) {
      RawClient.Answer answer = client.send(post(path, "", "{\"inputs\":[{}]}")).answer();
      assertEquals(400, answer.status());
      assertTrue(json(answer.body()).get("error").text().startsWith("missing_field: "));
      answer = client.send(get(path)).answer();
      assertEquals(405, answer.status());
      assertTrue(json(answer.body()).get("error").text().startsWith("method_not_allowed: "));
      answer = client.send(post(path, "Content-Type: text/plain\r\n", "x")).answer();
      assertEquals(415, answer.status());
      assertTrue(json(answer.body()).get("error").text().startsWith("unsupported_media_type: "));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/models/other", "/v2/models/other", V2 + "/versions/2/ready", "/v2/x"})
  void knowsNoOtherModel(String path) throws Exception {
    try (RawClient client = server.client()) {
      RawClient.Answer answer = client.send(get(path)).answer();
      assertEquals(404, answer.status());
      assertTrue(json(answer.body()).get("error").text().startsWith("not_found: "));
    }
  }

  @Test
  void isNotReadyInAnyDialectBeforeItHasAModel() throws Exception {
    try (RunningServer starting = RunningServer.starting();
        RawClient client = starting.client()) {
      for (String path :
          List.of("/ping", "/v2/health/ready", V2 + "/ready", "/v1/models/sample", "/drift")) {
        assertEquals(503, client.send(get(path)).answer().status(), path);
      }
      for (String path : List.of("/invocations", V2 + "/infer", "/v1/models/sample:predict")) {
        RawClient.Answer answer = client.send(post(path, "", "{}")).answer();
        assertEquals(503, answer.status(), path);
        assertEquals("1", answer.header("retry-after"));
      }
      assertEquals(200, client.send(get("/v2/health/live")).answer().status());
      assertEquals(200, client.send(get("/")).answer().status());
    }
  }

  @Test
  void showsThePageUnderAStrictPolicy() throws Exception {
    try (RawClient client = server.client()) {
      for (String path : List.of("/", "/page.css", "/page.js")) {
        RawClient.Answer answer = client.send(get(path)).answer();
        assertEquals(200, answer.status());
        String policy = answer.header("content-security-policy");
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; "), policy);
        assertTrue(!policy.contains("unsafe"), policy);
      }
    }
  }

  private static String ok(String request) throws Exception {
    try (RawClient client = server.client()) {
      RawClient.Answer answer = client.send(request).answer();
      assertEquals(200, answer.status(), answer.body());
      return answer.body();
    }
  }

  private static Json json(String body) {
    return Json.parse(body.getBytes(UTF_8), "answer");
  }
}
