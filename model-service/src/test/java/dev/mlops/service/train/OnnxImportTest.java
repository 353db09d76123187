package dev.mlops.service.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.artifact.ArtifactFolder;
import dev.mlops.service.artifact.Bins;
import dev.mlops.service.artifact.CategoryFeature;
import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.artifact.Target;
import dev.mlops.service.json.Json;
import dev.mlops.service.model.Model;
import dev.mlops.service.model.Predictor;
import dev.mlops.service.problem.Code;
import dev.mlops.service.problem.ProblemException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real models of the exporters that people use; `onnx/make.py` made them. */
final class OnnxImportTest {
  /** Floats, on another version of ONNX Runtime and perhaps another CPU. */
  private static final double FLOAT = 1e-6;

  @TempDir private Path folder;
  private final List<String> warnings = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sklearn-logistic-zipmap",
        "sklearn-forest-words",
        "sklearn-mixed",
        "sklearn-boosted-number",
        "xgboost-classes",
        "xgboost-number",
        "lightgbm-zipmap",
        "types",
        "types-one-row"
      })
  void answersAsOnnxRuntimeDoesInPython(String name) throws Exception {
    Artifact artifact = republished(imported(name, Map.of()));
    assertAnswersAreThoseOf(name, artifact);
  }

  @Test
  void turnsLogitsIntoProbabilities() throws Exception {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> imported("network-logits", Map.of()));
    assertEquals(Code.ONNX_OUTPUT, refused.code());
    assertTrue(refused.next().contains("logits"), refused.next());
    assertAnswersAreThoseOf(
        "network-logits", republished(imported("network-logits", Map.of("scores", "logits"))));
  }

  @Test
  void takesAsManyValuesAsAreNamedWhereTheModelDoesNotTell() throws Exception {
    String name = "sklearn-any-width";
    ProblemException refused = assertThrows(ProblemException.class, () -> imported(name, Map.of()));
    assertEquals(Code.ONNX_INPUT, refused.code());
    assertTrue(refused.next().contains("model.onnx.columns"), refused.next());
    List<String> columns = List.of("x0", "x1", "x2", "x3");
    assertAnswersAreThoseOf(name, republished(imported(name, Map.of("columns", columns))));
    Map<String, Object> data =
        Map.of("data", resource("data/iris.csv").toString(), "target", "species");
    assertTrue(republished(imported(name, data)).card().metrics().get("accuracy") > 0.9);
  }

  @Test
  void refusesDistancesAsProbabilities() {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> imported("sklearn-distances", Map.of()));
    assertEquals(Code.ONNX_OUTPUT, refused.code());
  }

  @Test
  void refusesElementsThatNoFieldHas() {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> imported("half", Map.of()));
    assertEquals(Code.ONNX_INPUT, refused.code());
    assertTrue(refused.getMessage().contains("FLOAT16"), refused.getMessage());
  }

  @Test
  void namesTheOutputsOfWhichNoneIsThePrediction() {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> imported("two", Map.of()));
    assertEquals(Code.ONNX_OUTPUT, refused.code());
    assertTrue(
        refused.why().endsWith(": `low` (float, [any, 2]), `high` (float, [any, 2])"),
        refused.why());
  }

  @Test
  void refusesAFileThatIsNoModel() throws Exception {
    Path file = Files.writeString(folder.resolve("no.onnx"), "not a model");
    ProblemException refused =
        assertThrows(ProblemException.class, () -> run(request(file, Map.of())));
    assertEquals(Code.ONNX_UNREADABLE, refused.code());
  }

  @Test
  void readsNamesOfClassesAndWordsFromTheFile() throws Exception {
    Schema mixed = imported("sklearn-mixed", Map.of()).schema();
    assertEquals(new Target.Classes("prediction", List.of("leave", "stay")), mixed.target());
    assertEquals(
        new CategoryFeature("city", List.of("Basel", "Bern", "Zürich"), false),
        mixed.features().get(1));
    assertEquals(
        List.of("setosa", "versicolor", "virginica"),
        ((Target.Classes) imported("sklearn-forest-words", Map.of()).schema().target()).names());
  }

  @Test
  void takesNamesFromTheUser() throws Exception {
    Schema schema =
        imported(
                "sklearn-logistic-zipmap",
                Map.of("columns", List.of("a", "b", "c", "d"), "classes", List.of("x", "y", "z")))
            .schema();
    assertEquals(List.of("a", "b", "c", "d"), names(schema));
    assertEquals(List.of("x", "y", "z"), ((Target.Classes) schema.target()).names());
  }

  @Test
  void countsTheNamesItIsGiven() {
    ProblemException columns =
        assertThrows(
            ProblemException.class,
            () -> imported("sklearn-logistic-zipmap", Map.of("columns", List.of("a", "b"))));
    assertEquals(Code.ONNX_INPUT, columns.code());
    ProblemException classes =
        assertThrows(
            ProblemException.class,
            () -> imported("sklearn-logistic-zipmap", Map.of("classes", List.of("a", "a", "b"))));
    assertEquals(Code.ONNX_CLASSES, classes.code());
  }

  @Test
  void judgesAndProfilesByData() throws Exception {
    Artifact artifact =
        republished(
            imported(
                "sklearn-forest-words",
                Map.of("data", resource("data/iris.csv").toString(), "target", "species")));
    assertEquals(
        List.of("sepal_length", "sepal_width", "petal_length", "petal_width"),
        names(artifact.schema()));
    assertEquals("species", artifact.schema().target().name());
    assertTrue(artifact.card().metrics().get("accuracy") > 0.95, artifact.card().toString());
    Bins bins = artifact.profile().features().getFirst().bins();
    assertEquals(150, bins.counts().stream().mapToLong(Long::longValue).sum());
    assertTrue(warnings.isEmpty(), warnings.toString());
  }

  @Test
  void judgesByDataOfSeveralTypes() throws Exception {
    Artifact artifact =
        imported(
            "sklearn-mixed",
            Map.of("data", resource("onnx/mixed.csv").toString(), "target", "churn"));
    assertEquals(List.of("age", "city", "visits"), names(artifact.schema()));
    assertEquals(20L, artifact.profile().prediction().counts().stream().mapToLong(i -> i).sum());
  }

  @Test
  void refusesDataThatDoesNotFit() {
    ProblemException wide =
        assertThrows(
            ProblemException.class,
            () ->
                imported(
                    "sklearn-boosted-number",
                    Map.of("data", resource("data/iris.csv").toString(), "target", "species")));
    assertEquals(Code.ONNX_DATA, wide.code());
    ProblemException classes =
        assertThrows(
            ProblemException.class,
            () ->
                imported(
                    "sklearn-logistic-zipmap",
                    Map.of("data", resource("data/iris.csv").toString(), "target", "species")));
    assertEquals(Code.ONNX_CLASSES, classes.code());
    assertTrue(classes.next().contains("[setosa, versicolor, virginica]"), classes.next());
  }

  @Test
  void givesTheSameAnswersInABatchAsOneByOne() throws Exception {
    for (String name : List.of("sklearn-mixed", "types-one-row", "lightgbm-zipmap")) {
      Artifact artifact = imported(name, Map.of());
      List<Json> rows = expected(name).get("rows").list();
      int count = rows.size() * 7;
      Predictor predictor = Model.load(artifact).predictor();
      double[][] values = new double[count][];
      double[][] together = new double[count][artifact.schema().target().scores()];
      for (int i = 0; i < count; i++) {
        values[i] = values(rows.get(i % rows.size()), artifact.schema());
      }
      predictor.predict(values, together, count);
      for (int i = 0; i < count; i++) {
        double[] alone = new double[together[i].length];
        predictor.predict(values[i], alone);
        for (int j = 0; j < alone.length; j++) {
          assertEquals(alone[j], together[i][j], FLOAT, name);
        }
      }
    }
  }

  @Test
  void givesTheSameBytesAgain() throws Exception {
    republished(imported("sklearn-mixed", Map.of()));
    String once = Artifact.digest(folder.resolve("model"));
    republished(imported("sklearn-mixed", Map.of()));
    assertEquals(once, Artifact.digest(folder.resolve("model")));
  }

  private void assertAnswersAreThoseOf(String name, Artifact artifact) throws Exception {
    Json expected = expected(name);
    Predictor predictor = Model.load(artifact).predictor();
    double[] scores = new double[artifact.schema().target().scores()];
    List<Json> rows = expected.get("rows").list();
    for (int i = 0; i < rows.size(); i++) {
      predictor.predict(values(rows.get(i), artifact.schema()), scores);
      List<Double> wanted = expected.get("scores").list().get(i).numbers();
      assertEquals(wanted.size(), scores.length);
      for (int j = 0; j < scores.length; j++) {
        double tolerance = FLOAT * Math.max(1, Math.abs(wanted.get(j)));
        assertEquals(wanted.get(j), scores[j], tolerance, name + " row " + i);
      }
    }
  }

  private static double[] values(Json row, Schema schema) {
    return schema.features().stream().mapToDouble(feature -> value(row, feature)).toArray();
  }

  private static double value(Json row, Feature feature) {
    return switch (row.get(feature.name()).value()) {
      case Boolean flag -> flag ? 1 : 0;
      case Number number -> number.doubleValue();
      case Object word -> ((CategoryFeature) feature).categories().indexOf(word.toString());
    };
  }

  private static List<String> names(Schema schema) {
    return schema.features().stream().map(Feature::name).toList();
  }

  private Artifact imported(String name, Map<String, Object> more) throws Exception {
    return run(request(resource("onnx/" + name + ".onnx"), more));
  }

  private Artifact run(Path request) {
    return new OnnxImport(ImportRequestReader.read(request), new Heard()).run();
  }

  private final class Heard implements Training.Story {
    @Override
    public void progress(String message) {}

    @Override
    public void warning(String message) {
      warnings.add(message);
    }
  }

  /** As it comes back from the folder. */
  private Artifact republished(Artifact artifact) throws Exception {
    Path published = folder.resolve("model");
    new ArtifactFolder(published).publish(artifact);
    return Artifact.read(published);
  }

  private Path request(Path model, Map<String, Object> more) throws Exception {
    Map<String, Object> json = new HashMap<>();
    json.put("name", "test");
    json.put("version", "1");
    json.put("model", model.toString());
    json.put("scores", "plain");
    json.putAll(more);
    return Files.writeString(folder.resolve("request.json"), Json.line(json));
  }

  private static Json expected(String name) throws Exception {
    return Json.read(resource("onnx/" + name + ".json"));
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(OnnxImportTest.class.getResource("/" + name).toURI());
  }
}
