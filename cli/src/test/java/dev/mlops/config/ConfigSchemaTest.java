package dev.mlops.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.mlops.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSchemaTest {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(ConfigSchema.json());

  @Test
  void theSchemaOfTheDocumentationIsUpToDate() throws IOException {
    Golden.check(Path.of("../docs/reference/mlops.schema.json"), ConfigSchema.json());
  }

  @Test
  void theTemplateIsValidAsItStands() throws IOException {
    String template = Files.readString(TemplateTest.PROJECT.resolve("mlops.yaml"));

    assertEquals(Set.of(), problems(template));
  }

  @Test
  void theTemplateIsValidWithEveryKeyInForce() throws IOException {
    assertEquals(Set.of(), problems(TemplateTest.uncommented()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "modle: {}",
        "model: {kind: tribou}",
        "model: {algorithm: {epochs: many}}",
        "model: {algorithm: {epochs: 0}}",
        "model: {gate: {accuracy: 90}}",
        "model: {features: {zip: {type: word}}}",
        "model: {features: {zip: {}}}",
        "scale: {cpu: 60}",
        "service: {port: 70000}",
        "service: {liveness: live}",
        "service: {drain: 20}",
        "ci: {branches: main}",
        "environments: {prod: {scale: {mix: 1}}}",
        "environments: {prod: {apiVersion: mlops/v1}}",
        "environments: {Prod: {}}",
        "name: Iris",
      })
  void whatTheLoaderRefusesTheSchemaRefusesToo(String part) throws IOException {
    String base =
        part.startsWith("name") ? "apiVersion: mlops/v1\n" : "apiVersion: mlops/v1\nname: iris\n";
    String yaml = base + part + "\n";

    assertFalse(problems(yaml).isEmpty(), "by the schema: " + part);
    var complaints = new Complaints();
    YamlTree.readMapping(yaml, "f", complaints)
        .map(tree -> Environments.of(tree, complaints))
        .ifPresent(environments -> {
          RecordReader reader = new RecordReader(complaints);
          reader.read(MlopsConfig.class, environments.base());
          environments
              .parts()
              .keySet()
              .forEach(name -> reader.read(MlopsConfig.class, environments.in(name)));
        });
    assertTrue(
        complaints.sorted().stream().anyMatch(c -> !c.message().contains("is missing"))
            || part.contains("zip: {}"),
        "by the loader: " + complaints.sorted());
  }

  @Test
  void requiredKeysAreRequired() throws IOException {
    assertEquals(2, problems("model: {}").size());
  }

  private static Set<ValidationMessage> problems(String yaml) throws IOException {
    JsonNode tree = new YAMLMapper().readTree(yaml);
    return SCHEMA.validate(tree);
  }
}
