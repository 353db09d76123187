package dev.mlops.service.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.mlops.service.artifact.NumberFeature;
import dev.mlops.service.artifact.SampleArtifact;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.artifact.Spread;
import dev.mlops.service.artifact.Target;
import dev.mlops.service.json.ByteSink;
import dev.mlops.service.json.Json;
import dev.mlops.service.predict.Dialect;
import dev.mlops.service.predict.Lane;
import dev.mlops.service.predict.Refusal;
import dev.mlops.service.predict.ServedModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenApiTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private static final ServedModel MODEL =
      new ServedModel(SampleArtifact.train(), "sha256:0123456789abcdef", 1);
  private static final Paths PATHS =
      new Paths(
          "/live_check",
          "/ready_check",
          new Paths.Vertex(Optional.of("/v1/health"), Optional.of("/v1/vertex:predict")));

  private final JsonNode document = MAPPER.valueToTree(new OpenApi(MODEL, PATHS).document());

  @Test
  void isAnOpenApiDocument() throws IOException {
    try (InputStream schema =
        OpenApiTest.class.getResourceAsStream("/openapi/oas-3.1-schema.json")) {
      JsonSchema openApi = SCHEMAS.getSchema(schema);
      assertEquals(Set.of(), openApi.validate(document));
      ((ObjectNode) document.at("/paths/~1predict/post/requestBody")).remove("content");
      assertFalse(openApi.validate(document).isEmpty());
    }
  }

  @Test
  void givesExamplesThatAreAnswered() throws Exception {
    assertMatches("Row", document.at("/components/schemas/Row/examples/0").toString());
    String row =
        document
            .at("/paths/~1predict/post/requestBody/content/application~1json/example")
            .toString();
    assertMatches("Prediction", answer(Dialect.Objects.PREDICT, row));
    String path =
        "/paths/~1v2~1models~1sample~1infer/post/requestBody/content/application~1json/example";
    String tensors = document.at(path).toString();
    assertMatches("InferenceRequest", tensors);
    assertMatches("InferenceResponse", answer(Dialect.Tensors.JSON, tensors));
    String instances =
        document
            .at("/paths/~1v1~1vertex:predict/post/requestBody/content/application~1json/example")
            .toString();
    answer(new Dialect.Instances(), instances);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"size\":1,\"weight\":2,\"colour\":\"red\",\"sold\":true}",
        "{\"size\":1,\"weight\":null,\"colour\":\"red\",\"sold\":true}",
        "{\"size\":1,\"colour\":\"red\",\"sold\":true}",
        "{\"size\":100,\"colour\":\"red\",\"sold\":true}",
        "{\"colour\":\"red\",\"sold\":true}",
        "{\"size\":null,\"colour\":\"red\",\"sold\":true}",
        "{\"size\":\"1\",\"colour\":\"red\",\"sold\":true}",
        "{\"size\":1,\"colour\":\"pink\",\"sold\":true}",
        "{\"size\":1,\"colour\":\"red\",\"sold\":1}",
        "{\"size\":1,\"colour\":\"red\",\"sold\":true,\"sise\":1}"
      })
  void takesWhatTheServiceTakes(String row) {
    assertEquals(isAnswered(row), schema("Row").validate(row, InputFormat.JSON).isEmpty());
  }

  /** As of a model in ONNX form that came without data. */
  @Test
  void saysNothingOfTrainingRowsThatNobodyKnows() {
    Schema blank =
        new Schema(
            new Target.Quantity("price", Spread.UNKNOWN),
            List.of(new NumberFeature("size", Spread.UNKNOWN, false, false)));
    assertEquals(
        Json.object("size", Json.object("type", "number")),
        FieldSchemas.row(blank, Map.of()).get("properties"));
    assertFalse(Json.line(FieldSchemas.prediction(blank.target())).contains("x-trained"));
  }

  private void assertMatches(String name, String json) {
    assertEquals(Set.of(), schema(name).validate(json, InputFormat.JSON));
  }

  private JsonSchema schema(String name) {
    JsonNode schema = document.at("/components/schemas/" + name);
    assertTrue(schema.isObject(), name);
    return SCHEMAS.getSchema(schema);
  }

  private static boolean isAnswered(String row) {
    try {
      answer(Dialect.Objects.PREDICT, row);
      return true;
    } catch (Refusal _) {
      return false;
    }
  }

  private static String answer(Dialect dialect, String body) throws Refusal {
    Lane lane = MODEL.lane(0);
    ByteSink out = new ByteSink();
    byte[] bytes = body.getBytes(UTF_8);
    lane.answer(dialect, bytes, 0, bytes.length, out);
    return Json.line(Json.parse(Arrays.copyOf(out.array(), out.length()), "answer").value());
  }
}
