package dev.mlops.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigViewsTest {
  private static final LoadedConfig LOADED =
      ConfigLoader.load(
          new ConfigSource(
              TemplateTest.PROJECT,
              Optional.empty(),
              Optional.empty(),
              List.of("model.features={zip: {type: category, categories: []}}", "scale.cpu=70%"),
              Map.of("MLOPS_LOCAL_PORT", "9090")));

  @TempDir private Path folder;

  @Test
  void theConfigAsYamlIsReadBackAsTheSame() throws IOException {
    Path file = folder.resolve("mlops.yaml");
    Files.writeString(file, PlainConfig.yaml(LOADED.config()));
    LoadedConfig again = ConfigLoader.loadWithoutFiles(ConfigSource.of(folder));

    assertEquals(LOADED.config(), again.config());
  }

  @Test
  void everyKeyIsExplained() {
    List<Explain.Row> rows = Explain.rows(LOADED);

    assertEquals(KeyPaths.of(MlopsConfig.class), rows.stream().map(Explain.Row::key).toList());
    rows.forEach(row -> assertFalse(row.doc().isBlank(), row.key()));
  }

  @Test
  void eachValueSaysWhereItComesFrom() {
    Map<String, Explain.Row> rows =
        Explain.rows(LOADED).stream()
            .collect(Collectors.toMap(Explain.Row::key, Function.identity()));

    assertRow(rows.get("local.port"), "9090", "MLOPS_LOCAL_PORT");
    assertRow(rows.get("scale.cpu"), "70%", "--set scale.cpu=70%");
    assertRow(rows.get("scale.min"), "", "default");
    assertRow(rows.get("service.drain"), "20s", "mlops.yaml:");
    assertRow(rows.get("platform"), "local", "(environment dev)");
    assertRow(
        rows.get("model.features"),
        "{zip: {type: category, categories: []}}",
        "--set model.features=");
    assertRow(rows.get("ci.branches"), "[main, dev]", "mlops.yaml:");
    assertRow(rows.get("model.algorithm.maxDepth"), "10", "default");
  }

  private static void assertRow(Explain.Row row, String value, String origin) {
    assertEquals(value, row.value());
    assertTrue(row.origin().describe().contains(origin), row.toString());
  }
}
