package dev.mlops.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  private static final String SMALLEST =
      """
      apiVersion: mlops/v1
      name: iris
      model: {data: iris.csv, target: species}
      """;

  @TempDir private Path project;

  @BeforeEach
  void writeData() throws IOException {
    Files.writeString(project.resolve("iris.csv"), "a,species\n1,x\n");
  }

  @Test
  void theSmallestFileHasDefaultsForAllElse() throws IOException {
    MlopsConfig config = load(SMALLEST).config();

    assertEquals(new Port(8000), config.service().port());
    assertEquals("iris", config.image().repository());
    assertEquals(new Name("iris"), config.kubernetes().namespace());
    assertEquals(PlatformKind.LOCAL, config.platform());
    assertEquals(Optional.empty(), config.scale().min());
  }

  @Test
  void featuresKeepTheOrderOfTheFile() throws IOException {
    List<String> names = List.of("zip", "age", "open", "kind", "month", "city");
    String features =
        names.stream()
            .map(name -> name + ": {type: category}")
            .collect(Collectors.joining(", ", "{", "}"));
    String whole = SMALLEST.replace("target: species", "target: species, features: " + features);

    assertEquals(names, List.copyOf(load(whole).config().model().features().keySet()));
  }

  @Test
  void allProblemsAreSaidAtOnceInTheOrderOfTheFile() {
    assertEquals(
        """
        mlops.yaml has 8 problems:
          mlops.yaml:2:7: name – expected a name, got 'Iris_1': only a-z, 0-9 and '-' are allowed,\
         from a letter to a letter or digit
          mlops.yaml:5:9: model.kind – expected one of tribuo, onnx, image, got 'tribou'; did you\
         mean 'tribuo'?
          mlops.yaml:7:15: model.algorithm.epoch – unknown key; did you mean 'epochs'?
          mlops.yaml:7:32: model.algorithm.trees – expected a whole number, got 'many'
          mlops.yaml:8:20: model.gate.accuracy – expected 0 to 1, got the number 90
          mlops.yaml:9:22: scale.max – is below scale.min (3)
          mlops.yaml:10:10: service – expected keys with values: port, liveness, readiness, drain,\
         trace, batch; got '8000'
          mlops.yaml:11:1: platfrom – unknown key; did you mean 'platform'?\
        """,
        problem(
                """
                apiVersion: mlops/v1
                name: Iris_1
                model:
                  data: iris.csv
                  kind: tribou
                  target: species
                  algorithm: {epoch: 5, trees: many}
                  gate: {accuracy: 90}
                scale: {min: 3, max: 2}
                service: '8000'
                platfrom: local
                """)
            .message());
  }

  @Test
  void missingKeysAreNamedWithWhatToWrite() {
    String message = problem("model: {kind: image}").message();

    assertTrue(message.contains("apiVersion – is missing; write apiVersion: mlops/v1"), message);
    assertTrue(message.contains("name – is missing; write name: iris"), message);
    assertTrue(message.contains("model.image – is missing; kind image needs it"), message);
  }

  @Test
  void aSectionOfTheWrongFormHidesNoOtherProblem() {
    String message = problem(SMALLEST + "image: x\nkubernetes: 1\nlocal: {port: 0}\n").message();

    assertTrue(message.contains("mlops.yaml:4:8: image – expected keys with values"), message);
    assertTrue(message.contains("mlops.yaml:5:13: kubernetes – expected keys"), message);
    assertTrue(message.contains("local.port – expected a port, got the number 0"), message);
  }

  @Test
  void aSectionThatIsNotThereIsCheckedLikeAnEmptyOne() {
    String message = problem("{apiVersion: mlops/v1, name: iris}").message();

    assertTrue(message.contains("model.data – is missing"), message);
    assertTrue(message.contains("model.target – is missing"), message);
  }

  @Test
  void aFlagGoesOverAVariableOverTheFileOverTheDefault() throws IOException {
    String key = "MLOPS_MODEL_ALGORITHM_MAX_DEPTH";
    String file = SMALLEST.replace("species}", "species, algorithm: {maxDepth: 3}}");

    assertEquals(10, maxDepth(SMALLEST, Map.of(), List.of()));
    assertEquals(3, maxDepth(file, Map.of(), List.of()));
    assertEquals(4, maxDepth(file, Map.of(key, "4"), List.of()));
    assertEquals(5, maxDepth(file, Map.of(key, "4"), List.of("model.algorithm.maxDepth=5")));
  }

  @Test
  void nullMeansTheDefault() throws IOException {
    assertEquals(new Port(8080), load(SMALLEST + "local: {port: }\n").config().local().port());
    assertEquals(new Port(8080), load(SMALLEST + "local:\n").config().local().port());
  }

  @Test
  void textOfFlagsAndVariablesIsTakenAsItIsWritten() throws IOException {
    LoadedConfig loaded =
        load(SMALLEST, Map.of("MLOPS_MODEL_TARGET", "a: #1"), List.of("local.host=*"));

    assertEquals(Optional.of("a: #1"), loaded.config().model().target());
    assertEquals("*", loaded.config().local().host());
  }

  @Test
  void listsAndMapsCanBeSetAsAWhole() throws IOException {
    LoadedConfig loaded =
        load(
            SMALLEST,
            Map.of("MLOPS_CI_BRANCHES", "[main, dev]"),
            List.of("model.features.zip.type=category"));

    assertEquals(List.of("main", "dev"), loaded.config().ci().branches());
    assertEquals(
        Map.of("zip", new Model.Feature(Model.FeatureType.CATEGORY, List.of())),
        loaded.config().model().features());
  }

  @Test
  void aMisspeltVariableIsAProblemAndAForeignOneIsNot() throws IOException {
    load(
        SMALLEST,
        Map.of("MLOPS_TEST_KUBECONFIG", "x", "MLOPS_HOME", "/opt", "PATH", "/bin"),
        List.of());
    load(SMALLEST, Map.of("MLOPS_SERVICE_PORT_8000_TCP", "tcp://10.0.0.1:8000"), List.of());
    Problem problem =
        problem(SMALLEST, Optional.empty(), Map.of("MLOPS_MODEL_GATE_ACURACY", "1"), List.of());

    assertTrue(
        problem
            .message()
            .contains(
                "MLOPS_MODEL_GATE_ACURACY: no key has this variable; did you mean"
                    + " MLOPS_MODEL_GATE_ACCURACY?"),
        problem.message());
  }

  @Test
  void aWrongFlagIsNamedAsItWasTyped() {
    Problem problem =
        problem(SMALLEST, Optional.empty(), Map.of(), List.of("model.gat.accuracy=1", "x"));

    assertEquals(
        """
        The config has 2 problems:
          --set model.gat.accuracy=1: model.gat – unknown key; did you mean 'gate'?
          --set x: expected KEY=VALUE, such as --set model.gate.accuracy=0.95\
        """,
        problem.message());
  }

  @Test
  void missingFilesAreProblemsOnlyForCommandsThatNeedThem() throws IOException {
    Files.delete(project.resolve("iris.csv"));
    Files.writeString(
        project.resolve("mlops.yaml"), SMALLEST + "manifests: kube/\nloadtest: plan.yaml\n");
    Problem problem =
        assertThrows(MlopsException.class, () -> ConfigLoader.load(ConfigSource.of(project)))
            .problem();

    assertEquals(
        """
        mlops.yaml has 3 problems:
          mlops.yaml:3:9: model.data – there is no file iris.csv
          mlops.yaml:4:1: manifests – there is no folder kube
          mlops.yaml:5:1: loadtest – there is no file plan.yaml\
        """,
        problem.message());
    assertEquals(
        "iris", ConfigLoader.loadWithoutFiles(ConfigSource.of(project)).config().name().text());
  }

  @Test
  void theFileIsFoundFromAFolderBelow() throws IOException {
    load(SMALLEST);
    Path below = Files.createDirectories(project.resolve("a/b"));
    LoadedConfig loaded = ConfigLoader.load(ConfigSource.of(below));

    assertEquals(project.resolve("mlops.yaml").toAbsolutePath(), loaded.file());
    assertEquals(project.resolve("k8s").toAbsolutePath(), loaded.resolve(Path.of("k8s/")));
    assertEquals(
        new Origin.InFile("../../mlops.yaml", 2, 1, Optional.empty()), loaded.origin("name"));
  }

  @Test
  void noFileAtAllSaysHowToGetOne() {
    Problem problem =
        assertThrows(MlopsException.class, () -> ConfigLoader.load(ConfigSource.of(project)))
            .problem();

    assertEquals(Code.CONFIG_MISSING, problem.code());
    assertEquals("mlops init", problem.next());
  }

  private int maxDepth(String yaml, Map<String, String> variables, List<String> sets)
      throws IOException {
    return load(yaml, variables, sets).config().model().algorithm().maxDepth();
  }

  private Problem problem(String yaml) {
    return problem(yaml, Optional.empty(), Map.of(), List.of());
  }

  private Problem problem(
      String yaml, Optional<String> environment, Map<String, String> variables, List<String> sets) {
    var source = new ConfigSource(project, Optional.empty(), environment, sets, variables);
    return assertThrows(
            MlopsException.class,
            () -> {
              Files.writeString(project.resolve("mlops.yaml"), yaml);
              ConfigLoader.load(source);
            })
        .problem();
  }

  private LoadedConfig load(String yaml) throws IOException {
    return load(yaml, Map.of(), List.of());
  }

  private LoadedConfig load(String yaml, Map<String, String> variables, List<String> sets)
      throws IOException {
    Files.writeString(project.resolve("mlops.yaml"), yaml);
    return ConfigLoader.load(
        new ConfigSource(project, Optional.empty(), Optional.empty(), sets, variables));
  }
}
