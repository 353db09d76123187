package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldPathTest {
  private static JsonNode object() throws Exception {
    return new ObjectMapper(new YAMLFactory())
        .readTree(
            """
            metadata:
              annotations: {example.com/a.b: there}
              finalizers: [one, two]
            spec:
              replicas: 5
              containers:
                - {name: first, image: a}
                - {name: service, image: b, args: [x, y]}
              ports:
                - {containerPort: 80, protocol: UDP}
                - {containerPort: 80, hostPort: 7}
            """);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'.spec.replicas', '5'",
        "'.spec.containers[name=\"service\"].image', '\"b\"'",
        "'.spec.containers[name=\"service\"].args[1]', '\"y\"'",
        "'.spec.ports[containerPort=80,protocol=\"TCP\"].hostPort', '7'",
        "'.metadata.finalizers[=\"two\"]', '\"two\"'",
        "'.metadata.annotations.example.com/a.b', '\"there\"'"
      })
  void findsTheValue(String path, String value) throws Exception {
    assertEquals(value, new FieldPath(path).in(object()).toString());
  }

  @ParameterizedTest
  @CsvSource({
    ".spec.other",
    ".spec.containers[name=\"none\"].image",
    "no path",
    ".metadata.labels.a.b"
  })
  void findsNothingWhereNothingIs(String path) throws Exception {
    assertTrue(new FieldPath(path).in(object()).isMissingNode(), path);
  }

  @Test
  void theWholeObjectHasNoPath() throws Exception {
    assertEquals(object(), new FieldPath("").in(object()));
  }
}
