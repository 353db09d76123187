package dev.mlops.scaffold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlScalarTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "species",
        "data/iris.csv",
        "yes",
        "No",
        "null",
        "1",
        "1e3",
        "",
        " ",
        "a b",
        "a: b",
        "#x",
        "a #b",
        "- a",
        "*a",
        "&a",
        "!a",
        "@a",
        "%a",
        "\"a\"",
        "'a'",
        "a\nb",
        "\t",
        "größe",
        "日本",
        "🙂",
        "2026-01-01",
        "{a}",
        "[a]",
        "~",
        "a\\b",
        "\u0085",
        "y"
      })
  void everyParserReadsBackTheText(String text) throws IOException {
    JsonNode tree = new YAMLMapper().readTree("key: " + YamlScalar.of(text) + "  # comment\n");

    assertEquals(text, tree.path("key").textValue());
  }
}
