package dev.mlops.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentsTest {
  private static final String BASE =
      """
      apiVersion: mlops/v1
      name: iris
      model: {data: iris.csv, target: species}
      scale: {min: 2, max: 5}
      ci: {branches: [main, dev]}
      """;
  private static final String WITH_PARTS =
      BASE
          + """
          environments:
            dev:
            prod:
              name: iris-prod
              scale: {min: 3}
              ci: {branches: [main]}
            staging: {platform: kubernetes, kubernetes: {context: kind, registry: localhost:5000}}
          """;

  @TempDir private Path project;

  @Test
  void groupsOfKeysAreMergedAndListsAreReplaced() throws IOException {
    LoadedConfig prod = load(WITH_PARTS, Optional.of("prod"), Map.of());

    assertEquals(Optional.of(3), prod.config().scale().min());
    assertEquals(Optional.of(5), prod.config().scale().max());
    assertEquals(List.of("main"), prod.config().ci().branches());
    assertEquals("iris-prod", prod.config().name().text());
    assertEquals("mlops.yaml:10:13 (environment prod)", prod.origin("scale.min").describe());
    assertEquals("mlops.yaml:4:17", prod.origin("scale.max").describe());
  }

  @Test
  void withoutAChoiceDevIsUsedIfItIsThere() throws IOException {
    assertEquals("dev", load(WITH_PARTS, Optional.empty(), Map.of()).environment());
    assertEquals("default", load(BASE, Optional.empty(), Map.of()).environment());
    assertEquals("default", load(WITH_PARTS, Optional.of("default"), Map.of()).environment());
  }

  @Test
  void aFlagGoesOverTheVariable() throws IOException {
    Map<String, String> variables = Map.of("MLOPS_ENV", "staging");

    assertEquals("staging", load(WITH_PARTS, Optional.empty(), variables).environment());
    assertEquals("prod", load(WITH_PARTS, Optional.of("prod"), variables).environment());
  }

  @Test
  void variablesGoOverTheEnvironment() throws IOException {
    LoadedConfig prod = load(WITH_PARTS, Optional.of("prod"), Map.of("MLOPS_SCALE_MIN", "4"));

    assertEquals(Optional.of(4), prod.config().scale().min());
    assertEquals(new Origin.Variable("MLOPS_SCALE_MIN"), prod.origin("scale.min"));
  }

  @Test
  void anUnknownEnvironmentIsGuessedAt() {
    assertEquals(
        """
        The config has 1 problem:
          --env prd: there is no environment 'prd'; did you mean 'prod'? (there are: dev, prod,\
         staging)\
        """,
        message(WITH_PARTS, Optional.of("prd")));
    assertEquals(
        """
        The config has 1 problem:
          --env prod: the file defines no environments\
        """,
        message(BASE, Optional.of("prod")));
  }

  @Test
  void environmentsAreCheckedEvenIfTheyAreNotSelected() {
    assertEquals(
        """
        mlops.yaml has 5 problems:
          mlops.yaml:7:9: environments.dev.platfrm – unknown key; did you mean 'platform'?
          mlops.yaml:8:23: environments.prod.scale.min – expected a whole number, got 'x'
          mlops.yaml:9:23: environments.test.scale.max – is below scale.min (2)
          mlops.yaml:10:19: environments.gke.platform – gcp needs the key gcp.project
          mlops.yaml:11:3: environments.default – the name stands for the config without any\
         environment; use another\
        """,
        message(
            BASE
                + """
                environments:
                  dev: {platfrm: local}
                  prod: {scale: {min: x}}
                  test: {scale: {max: 1}}
                  gke: {platform: gcp}
                  default: {}
                """,
            Optional.empty()));
  }

  @Test
  void partsOfTheWrongFormAreNamed() {
    assertEquals(
        """
        mlops.yaml has 4 problems:
          mlops.yaml:7:3: environments.Prod – not a name: only a-z, 0-9 and '-' are allowed, from a\
         letter to a letter or digit
          mlops.yaml:8:8: environments.dev – expected keys with values; got 'local'
          mlops.yaml:9:11: environments.other.apiVersion – can't be set in an environment
          mlops.yaml:10:11: environments.third.environments – can't be set in an environment\
        """,
        message(
            BASE
                + """
                environments:
                  Prod: {}
                  dev: local
                  other: {apiVersion: mlops/v1}
                  third: {environments: {}}
                """,
            Optional.empty()));
  }

  private String message(String yaml, Optional<String> environment) {
    return assertThrows(MlopsException.class, () -> load(yaml, environment, Map.of()))
        .problem()
        .message();
  }

  private LoadedConfig load(
      String yaml, Optional<String> environment, Map<String, String> variables) throws IOException {
    Files.writeString(project.resolve("mlops.yaml"), yaml);
    Files.writeString(project.resolve("iris.csv"), "a,species\n1,x\n");
    return ConfigLoader.load(
        new ConfigSource(project, Optional.empty(), environment, List.of(), variables));
  }
}
