package dev.mlops.scaffold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.ci.ToolPin;
import dev.mlops.config.ConfigLoader;
import dev.mlops.config.ConfigSource;
import dev.mlops.config.MlopsConfig;
import dev.mlops.config.Model;
import dev.mlops.config.Name;
import dev.mlops.scaffold.DataFacts.Column;
import dev.mlops.scaffold.DataFacts.Goal;
import dev.mlops.scaffold.ModelFacts.Input;
import dev.mlops.scaffold.ProjectDraft.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects of models that were trained elsewhere. */
final class ModelLayoutTest {
  private static final Path MODEL = Path.of("/elsewhere/churn.onnx");
  private static final Path DATA = Path.of("/elsewhere/rows.csv");
  private static final ModelFacts TYPES =
      new ModelFacts(
          List.of(
              new Input("age", "float", 1, List.of()),
              new Input("city", "string", 1, List.of("Bern", "Basel")),
              new Input("member", "bool", 1, List.of()),
              new Input("visits", "int64", 2, List.of())),
          List.of("leave", "stay"));
  private static final DataFacts ROWS =
      new DataFacts(
          new Goal("churn", true, false, OptionalDouble.of(0.6)),
          100,
          List.of(
              new Column("age", "number", 30, false, "", List.of("31")),
              new Column("churn", "category", 2, false, "", List.of("stay"))));

  @TempDir private Path folder;

  @Test
  void aModelAloneHasNoDataAndNoGate() throws IOException {
    ProjectDraft draft = layout().ofModel(MODEL, TYPES, Optional.empty(), Optional.empty());
    MlopsConfig config = load(draft);
    assertEquals(Model.Kind.ONNX, config.model().kind());
    assertEquals(Optional.of(Path.of("models/churn.onnx")), config.model().onnx().file());
    assertEquals(Optional.empty(), config.model().data());
    assertEquals(List.of(), config.model().gate().bounds());
    JsonNode sample = new ObjectMapper().readTree(text(draft, "data/sample.json"));
    assertEquals(
        "{\"age\":0.0,\"city\":\"Bern\",\"member\":false,\"visits_0\":0,\"visits_1\":0}",
        sample.toString());
    assertEquals(new Content.CopyOf(MODEL), draft.files().get("models/churn.onnx"));
    assertFiles(new Beginning.Onnx(MODEL, Optional.empty()), draft);
  }

  @Test
  void rowsBringATargetAndAGate() throws IOException {
    ProjectDraft draft = layout().ofModel(MODEL, TYPES, Optional.of(DATA), Optional.of(ROWS));
    MlopsConfig config = load(draft);
    assertEquals(Optional.of(Path.of("data/rows.csv")), config.model().data());
    assertEquals(Optional.of("churn"), config.model().target());
    assertEquals("accuracy ≥ 0.601", config.model().gate().bounds().getFirst().toString());
    assertTrue(text(draft, "data/sample.json").contains("\"age\" : 31"));
    assertFiles(new Beginning.Onnx(MODEL, Optional.of(new Beginning.Table(DATA, "churn"))), draft);
  }

  @Test
  void aModelInsideOfTheProjectStaysWhereItIs() throws IOException {
    Path inside = folder.resolve("mine/churn.onnx");
    ProjectDraft draft = layout().ofModel(inside, TYPES, Optional.empty(), Optional.empty());
    assertEquals(Optional.of(Path.of("mine/churn.onnx")), load(draft).model().onnx().file());
    assertFiles(new Beginning.Onnx(inside, Optional.empty()), draft);
  }

  private void assertFiles(Beginning beginning, ProjectDraft draft) {
    assertEquals(draft.files().keySet(), new HashSet<>(layout().files(beginning)));
  }

  private MlopsConfig load(ProjectDraft draft) throws IOException {
    Files.writeString(folder.resolve("mlops.yaml"), text(draft, "mlops.yaml"));
    var source = new ConfigSource(folder, Optional.empty(), Optional.empty(), List.of(), Map.of());
    return ConfigLoader.loadWithoutFiles(source).config();
  }

  private static String text(ProjectDraft draft, String file) {
    return ((Content.Text) draft.files().get(file)).text();
  }

  private Layout layout() {
    return new Layout(
        folder,
        new Name("churn"),
        "the folder's name",
        Optional.empty(),
        new ToolPin(Path.of("no-installation")));
  }
}
