package dev.mlops.service.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.artifact.ArtifactFolder;
import dev.mlops.service.artifact.Bins;
import dev.mlops.service.artifact.CategoryFeature;
import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.GoldenRow;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.json.Json;
import dev.mlops.service.model.Model;
import dev.mlops.service.model.Predictor;
import dev.mlops.service.problem.Code;
import dev.mlops.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTest {
  private static final Path IRIS = Path.of("src/test/resources/data/iris.csv");

  @TempDir private Path folder;

  private final List<String> warnings = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"auto", "logistic-regression", "decision-tree", "random-forest"})
  void learnsIris(String kind) throws Exception {
    Artifact artifact = trained(request(IRIS, "species", kind));
    assertTrue(metric(artifact, "accuracy") >= 0.9, artifact.card().metrics().toString());
    Json card = card(artifact);
    assertEquals(120, card.get("rows").get("train").count());
    assertEquals(3, card.get("perClass").list().size());
    assertEquals(30, confusionTotal(card));
    assertTrue(
        card.get("crossValidation").get("metrics").get("accuracy").get("mean").number() > 0.9);
    assertReplays(artifact);
  }

  @Test
  void warnsOfAClassThatNoFigureCounts() throws Exception {
    Path data =
        rows("a,label", 100, i -> i + "," + (i == 7 ? "fraud" : i % 2 == 0 ? "even" : "odd"));
    Artifact artifact = trained(request(data, "label", "auto"));
    assertEquals(0, card(artifact).get("perClass").list().get(1).get("support").count());
    assertEquals(List.of("No figure counts `fraud`: too few rows to try"), warnings);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear-regression", "decision-tree", "random-forest"})
  void learnsNumbersOfWideScale(String kind) throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    Path data =
        rows(
            "area,rooms,zone,price",
            400,
            i -> {
              double area = 40 + random.nextDouble() * 200;
              int rooms = 1 + random.nextInt(6);
              String zone = random.nextBoolean() ? "a" : "b";
              double price =
                  2.5e6 + 31_000 * area + 90_000 * rooms + (zone.equals("a") ? 4e5 : -4e5);
              return area + "," + rooms + "," + zone + "," + price;
            });
    Artifact artifact = trained(request(data, "price", kind));
    double least = kind.equals("linear-regression") ? 0.99 : 0.9;
    assertTrue(metric(artifact, "r2") > least, artifact.card().metrics().toString());
    assertReplays(artifact);
  }

  @ParameterizedTest
  @CsvSource({
    "decision-tree, 0, 1e12", // beyond what features are held within
    "random-forest, 0, 1e12",
    "decision-tree, 1.7e9, 1", // more digits than a float has
    "random-forest, 1.7e9, 1",
    "decision-tree, 0, 1e-30" // squares that no float can hold
  })
  void growsTreesForNumbersOfAnySize(String kind, double from, double size) throws Exception {
    Path data = rows("a,y", 400, i -> i % 20 + "," + (from + size * (i % 20 - 10)));
    Artifact artifact = trained(request(data, "y", kind));
    assertTrue(metric(artifact, "r2") > 0.95, artifact.card().metrics().toString());
    assertReplays(artifact);
  }

  @Test
  void keepsWholeNumbersWholeInLeaves() throws Exception {
    Path data = rows("a,y", 200, i -> i % 4 + "," + (1990 + 7 * (i % 4)));
    Map<String, Object> request = request(data, "y", "decision-tree");
    request.put("task", "regression");
    Artifact artifact = trained(request);
    assertEquals(1, metric(artifact, "r2"));
    assertEquals(0, metric(artifact, "rmse"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"logistic-regression", "decision-tree", "random-forest"})
  void theSameInputGivesTheSameBytes(String kind) throws Exception {
    assertEquals(digest(request(IRIS, "species", kind)), digest(request(IRIS, "species", kind)));
    Map<String, Object> number = request(IRIS, "petal_width", kind.replace("logistic", "linear"));
    assertEquals(digest(number), digest(number));
  }

  @Test
  void anotherSeedGivesAnotherModel() throws Exception {
    Map<String, Object> other = request(IRIS, "species", "random-forest");
    algorithm(other).put("seed", 2);
    assertFalse(digest(other).equals(digest(request(IRIS, "species", "random-forest"))));
  }

  @Test
  void theModelHoldsNoTraceOfTimeOrMachine() throws Exception {
    for (String kind : List.of("logistic-regression", "random-forest")) {
      String model =
          trained(request(IRIS, "species", kind))
              .model()
              .toString(java.nio.charset.StandardCharsets.ISO_8859_1);
      assertFalse(model.contains(java.time.Year.now(java.time.ZoneOffset.UTC) + "-"), kind);
      assertFalse(model.contains(System.getProperty("java.version")), kind);
      assertFalse(model.contains(System.getProperty("os.name")), kind);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"logistic-regression", "decision-tree", "random-forest"})
  void bearsHardColumns(String kind) throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    Path data =
        rows(
            "naïve,riesig,konstant,leer,frei,farbe,\"ja,nein\",klasse",
            200,
            i -> {
              boolean yes = random.nextBoolean();
              return (i % 9 == 0 ? "" : String.valueOf(random.nextDouble()))
                  + ","
                  + (yes ? "1.7e308" : "-1.7e308")
                  + ",5,,satz nummer "
                  + i
                  + ","
                  + (i % 11 == 0 ? "NA" : yes ? "grün" : "\"rot, \"\"hell\"\"\"")
                  + ","
                  + (yes ? "yes" : "no")
                  + ","
                  + (yes ? "ß" : "0");
            });
    Artifact artifact = trained(request(data, "klasse", kind));
    assertEquals(1.0, metric(artifact, "accuracy"));
    assertEquals(
        List.of("naïve", "riesig", "konstant", "farbe", "ja,nein"),
        artifact.schema().features().stream().map(Feature::name).toList());
    assertEquals(
        new CategoryFeature("farbe", List.of("grün", "rot, \"hell\""), true),
        artifact.schema().features().get(3));
    assertEquals(2, warnings.size(), warnings.toString());
    assertReplays(artifact);
    assertAnswers(artifact, Double.MAX_VALUE);
    assertAnswers(artifact, -Double.MAX_VALUE);
    assertAnswers(artifact, Double.NaN);
  }

  @Test
  void bearsWideTables() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    String header =
        IntStream.range(0, 2000).mapToObj(i -> "c" + i).collect(Collectors.joining(",")) + ",y";
    Path data =
        rows(
            header,
            60,
            i ->
                random.doubles(2000).mapToObj(String::valueOf).collect(Collectors.joining(","))
                    + ","
                    + (i % 2 == 0 ? "a" : "b"));
    Map<String, Object> request = request(data, "y", "logistic-regression");
    request.put("test", Map.of("fraction", 0.2, "folds", 0));
    algorithm(request).put("epochs", 5);
    assertEquals(2000, trained(request).schema().features().size());
    algorithm(request).put("kind", "random-forest");
    algorithm(request).put("trees", 3);
    algorithm(request).put("featureFraction", 0.0001);
    assertReplays(trained(request));
  }

  @Test
  void aClassOfOneRowIsLearntFrom() throws Exception {
    Path data = rows("x,y", 41, i -> i + "," + (i == 40 ? "rare" : i < 20 ? "low" : "high"));
    Artifact artifact = trained(request(data, "y", "logistic-regression"));
    assertEquals(3, artifact.schema().target().scores());
    assertReplays(artifact);
  }

  @Test
  void declaredTypesAndExclusionsHold() throws Exception {
    Path data =
        rows("zip,flag,id,y", 60, i -> "0" + i % 7 + "," + i % 2 + "," + i + "," + i % 2 * 2.5);
    Map<String, Object> request = request(data, "y", "decision-tree");
    request.put(
        "features", Map.of("zip", Map.of("type", "category"), "flag", Map.of("type", "boolean")));
    request.put("exclude", List.of("id"));
    Schema schema = trained(request).schema();
    assertEquals(
        List.of("category", "boolean"), schema.features().stream().map(Feature::type).toList());
    assertEquals("00", ((CategoryFeature) schema.features().getFirst()).categories().getFirst());

    request.put("features", Map.of("zip", Map.of("type", "boolean")));
    assertEquals(Code.DATA_FEATURE, problem(request).code());
    request.put("features", Map.of("zpi", Map.of("type", "category")));
    assertEquals("Did you mean `zip`?", problem(request).why());
    request.put("features", Map.of());
    request.put("exclude", List.of("id", "zip", "flag"));
    assertEquals(Code.DATA_FEATURE, problem(request).code());
  }

  @Test
  void theProfileCountsEveryRowOnce() throws Exception {
    Artifact artifact = trained(request(IRIS, "species", "decision-tree"));
    artifact
        .profile()
        .features()
        .forEach(column -> assertEquals(120, total(column.bins()) + column.missing()));
    assertEquals(120, total(artifact.profile().prediction()));
  }

  @Test
  void refusesRequestsThatMakeNoSense() throws Exception {
    refused("learningRate", -1, "algorithm.learningRate should be above 0");
    refused("epochs", 0, "algorithm.epochs should be between 1 and");
    refused("epochs", "many", "algorithm.epochs should be a whole number");
    refused("kind", "deep-learning", "algorithm.kind should be auto, logistic-regression");
    refused("kind", "linear-regression", "The algorithm linear-regression can't do classification");
    Map<String, Object> request = request(IRIS, "species", "auto");
    request.put("targett", "x");
    assertTrue(problem(request).getMessage().contains("Did you mean `target`?"));
    request = request(IRIS, "species", "auto");
    request.remove("target");
    assertTrue(problem(request).getMessage().contains("has no `target`"));
    assertEquals(Code.DATA_NO_TARGET, problem(request(IRIS, "specie", "auto")).code());
    request = request(IRIS, "species", "auto");
    request.put("task", "regression");
    assertEquals(Code.DATA_TARGET, problem(request).code());
  }

  @Test
  void saysThatTrainingDiverged() throws Exception {
    Map<String, Object> request = request(IRIS, "petal_width", "linear-regression");
    algorithm(request).put("learningRate", 1e300);
    assertEquals(Code.TRAINING, problem(request).code());
  }

  private void refused(String key, Object value, String message) throws IOException {
    Map<String, Object> request = request(IRIS, "species", "logistic-regression");
    algorithm(request).put(key, value);
    ProblemException problem = problem(request);
    assertEquals(Code.REQUEST, problem.code());
    assertTrue(problem.getMessage().contains(message), problem.getMessage());
  }

  private ProblemException problem(Map<String, Object> request) {
    return assertThrows(ProblemException.class, () -> trained(request));
  }

  /** Published, read back, and loaded, it predicts what training predicted. */
  private void assertReplays(Artifact artifact) throws IOException {
    Path place = folder.resolve("model");
    new ArtifactFolder(place).publish(artifact);
    Artifact read = Artifact.read(place);
    assertEquals(artifact.schema(), read.schema());
    assertEquals(artifact.profile(), read.profile());
    Predictor predictor = Model.load(read).predictor();
    for (GoldenRow golden : read.golden()) {
      double[] scores = new double[read.schema().target().scores()];
      predictor.predict(row(read.schema(), golden.input()), scores);
      assertEquals(golden.scores(), Arrays.stream(scores).boxed().toList());
    }
  }

  /** Finite scores even for a row that is as strange as a request can be. */
  private static void assertAnswers(Artifact artifact, double number) {
    double[] row = new double[artifact.schema().features().size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = artifact.schema().features().get(i).type().equals("number") ? number : Double.NaN;
    }
    double[] scores = new double[artifact.schema().target().scores()];
    Model.load(artifact).predictor().predict(row, scores);
    assertTrue(Arrays.stream(scores).allMatch(Double::isFinite), Arrays.toString(scores));
  }

  private static double[] row(Schema schema, Map<String, Object> input) {
    return schema.features().stream()
        .mapToDouble(feature ->
            switch (input.get(feature.name())) {
              case null -> Double.NaN;
              case Number number -> number.doubleValue();
              case Boolean flag -> flag ? 1 : 0;
              case String word -> ((CategoryFeature) feature).categories().indexOf(word);
              default -> throw new AssertionError(feature.name());
            })
        .toArray();
  }

  private static double metric(Artifact artifact, String name) {
    return artifact.card().metrics().get(name);
  }

  private static Json card(Artifact artifact) {
    return Json.parse(Json.pretty(artifact.card().document()), "card.json");
  }

  private static long confusionTotal(Json card) {
    return card.get("confusion").get("counts").list().stream()
        .flatMap(row -> row.list().stream())
        .mapToLong(Json::whole)
        .sum();
  }

  private static long total(Bins bins) {
    return bins.counts().stream().mapToLong(Long::longValue).sum();
  }

  private String digest(Map<String, Object> request) throws IOException {
    Path place = folder.resolve("digest");
    new ArtifactFolder(place).publish(trained(request));
    return Artifact.digest(place);
  }

  private Artifact trained(Map<String, Object> request) throws IOException {
    Path file = Files.write(folder.resolve("request.json"), Json.pretty(request));
    return new Training(
            RequestReader.read(file),
            new Training.Story() {
              @Override
              public void progress(String message) {}

              @Override
              public void warning(String message) {
                warnings.add(message);
              }
            })
        .run();
  }

  private static Map<String, Object> request(Path data, String target, String kind) {
    Map<String, Object> algorithm = new LinkedHashMap<>();
    algorithm.put("kind", kind);
    algorithm.put("epochs", 50);
    algorithm.put("learningRate", 0.5);
    algorithm.put("batchSize", 1);
    algorithm.put("maxDepth", 8);
    algorithm.put("minLeaf", 2);
    algorithm.put("trees", 10);
    algorithm.put("featureFraction", 0.5);
    algorithm.put("seed", 1);
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("name", "test");
    request.put("version", "0.1.0");
    request.put("data", data.toString());
    request.put("target", target);
    request.put("task", "auto");
    request.put("algorithm", algorithm);
    request.put("test", Map.of("fraction", 0.2, "folds", 5));
    return request;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> algorithm(Map<String, Object> request) {
    return (Map<String, Object>) request.get("algorithm");
  }

  private interface Row {
    String at(int index);
  }

  private Path rows(String header, int count, Row row) throws IOException {
    StringBuilder text = new StringBuilder(header).append('\n');
    for (int i = 0; i < count; i++) {
      text.append(row.at(i)).append('\n');
    }
    return Files.write(
        Files.createTempFile(folder, "data", ".csv"), text.toString().getBytes(UTF_8));
  }
}
