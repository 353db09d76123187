package dev.mlops.scaffold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.mlops.ci.ToolPin;
import dev.mlops.ci.Workflows;
import dev.mlops.config.ConfigLoader;
import dev.mlops.config.ConfigSource;
import dev.mlops.config.Gate;
import dev.mlops.config.Local;
import dev.mlops.config.MlopsConfig;
import dev.mlops.config.Model;
import dev.mlops.config.Name;
import dev.mlops.loadtest.LoadSpec;
import dev.mlops.scaffold.DataFacts.Column;
import dev.mlops.scaffold.DataFacts.Goal;
import dev.mlops.scaffold.ProjectDraft.Content;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTest {
  private static final Path TEMPLATES = Path.of("../templates/project");

  @TempDir private Path folder;

  @Test
  void theIrisProjectIsTheTemplateUnderItsOwnName() throws IOException {
    ProjectDraft draft = layout("iris").iris(Local.DEFAULT_PORT);

    for (Path template : templates()) {
      String path = TEMPLATES.relativize(template).toString().replace('\\', '/');
      String file = path.equals("gitignore") ? ".gitignore" : path;
      assertEquals(Files.readString(template), text(draft, file), file);
    }
    assertEquals(
        templates().size() + 1 + Workflows.FILES.size(),
        draft.files().size(),
        "and the schema, and the workflows");
  }

  @Test
  void theFilesAreKnownBeforeTheDataIs() {
    Path elsewhere = Path.of("/elsewhere/my data.csv");
    Path inside = folder.resolve("input/my data.csv");

    assertFiles(new Beginning.Iris(Local.DEFAULT_PORT), layout("iris").iris(Local.DEFAULT_PORT));
    assertFiles(new Beginning.OwnImage("x"), layout("iris").ofImage("x"));
    assertFiles(
        new Beginning.Table(elsewhere, ""), layout("a").ofTable(elsewhere, facts(true, 0.5)));
    assertFiles(new Beginning.Table(inside, ""), layout("a").ofTable(inside, facts(true, 0.5)));
  }

  @Test
  void theNameStandsWhereverTheExamplesWas() throws IOException {
    ProjectDraft draft = layout("fraud").iris(Local.DEFAULT_PORT);

    for (String file : Templates.MANIFESTS) {
      assertFalse(text(draft, file).contains(" iris\n"), file);
      for (JsonNode object : objects(text(draft, file))) {
        assertEquals("fraud", object.at("/metadata/name").asText(), file);
        assertEquals(
            "fraud", object.at("/metadata/labels").path("app.kubernetes.io/name").asText(), file);
      }
    }
    JsonNode deployment = objects(text(draft, "k8s/deployment.yaml")).getFirst();
    JsonNode pod = deployment.at("/spec/template/spec");
    assertEquals("fraud", pod.at("/containers/0/image").asText());
    assertEquals("fraud", pod.at("/serviceAccountName").asText());
    assertTrue(text(draft, "README.md").startsWith("# fraud\n"));
    assertEquals("fraud", load(draft).name().text());
  }

  @Test
  void theLoadTestsPlansAreWhatTheToolDoesAnyway() {
    LoadSpec plan = LoadSpec.read(TEMPLATES.resolve("loadtest.yaml"), "loadtest.yaml");
    Path ofImages = TEMPLATES.resolveSibling("image").resolve("loadtest.yaml");

    assertEquals(List.of("p95<200ms", "errors<1%"), plan.gates());
    assertEquals(LoadSpec.defaults().users(), plan.users());
    assertEquals(LoadSpec.defaults().waitTime(), plan.waitTime());
    assertEquals(Optional.of("{}"), LoadSpec.read(ofImages, "loadtest.yaml").body());
  }

  @Test
  void everyKeyOfALoadTestIsInTheTemplate() throws IOException {
    String template = Files.readString(TEMPLATES.resolve("loadtest.yaml"));

    for (RecordComponent key : LoadSpec.class.getRecordComponents()) {
      String written = key.getName().equals("waitTime") ? "wait" : key.getName();
      assertTrue(Pattern.compile("(?m)^#?" + written + ":").matcher(template).find(), written);
    }
  }

  @Test
  void aTableOfClassesGetsAGateAboveTheMostFrequentOne() throws IOException {
    MlopsConfig config = load(layout("a").ofTable(data(), facts(true, 0.6543)));

    assertEquals(Optional.of("prix (€): net"), config.model().target());
    assertEquals(Optional.of(Path.of("data/my data.csv")), config.model().data());
    assertEquals(Model.Task.CLASSIFICATION, config.model().task());
    assertEquals(List.of("id", "yes"), config.model().exclude());
    assertEquals(
        List.of(new Gate.Bound(Gate.Metric.ACCURACY, 0.655)), config.model().gate().bounds());
  }

  @Test
  void aRareClassGetsAGateThatCountsIt() throws IOException {
    MlopsConfig config = load(layout("a").ofTable(data(), facts(true, 0.98)));

    // Always the frequent class of two: (2 · 0.98 / 1.98 + 0) / 2 = 0.4949
    assertEquals(List.of(new Gate.Bound(Gate.Metric.F1, 0.495)), config.model().gate().bounds());
  }

  @Test
  void aTableOfNumbersGetsARegression() throws IOException {
    MlopsConfig config = load(layout("a").ofTable(data(), facts(false, 0)));

    assertEquals(Model.Task.REGRESSION, config.model().task());
    assertEquals("linear-regression", config.model().algorithm().kind().label());
    assertEquals(List.of(new Gate.Bound(Gate.Metric.R2, 0.05)), config.model().gate().bounds());
  }

  @Test
  void whyAColumnIsLeftOutStandsBesideIt() throws IOException {
    ProjectDraft draft = layout("a").ofTable(data(), facts(true, 0.5));

    assertTrue(
        text(draft, "mlops.yaml")
            .contains(
                "  exclude:\n    - id  # every value is different\n    - \"yes\"  # free text\n"),
        text(draft, "mlops.yaml"));
  }

  @Test
  void everyFactSaysWhereItComesFrom() {
    ProjectDraft draft = layout("a").ofTable(data(), facts(true, 0.5));

    assertEquals(
        List.of("name", "data", "target", "task", "algorithm", "gate", "exclude", "exclude"),
        draft.facts().stream().map(ProjectDraft.Fact::name).toList());
    draft.facts().forEach(fact -> assertFalse(fact.source().isBlank(), fact.name()));
  }

  @Test
  void theSampleIsARequestOfTheFeatures() throws IOException {
    ProjectDraft draft = layout("a").ofTable(data(), facts(true, 0.5));
    JsonNode sample = new ObjectMapper().readTree(text(draft, "data/sample.json"));

    assertEquals(
        new ObjectMapper()
            .readTree("{\"größe\": 1.50, \"sold\": true, \"colour\": \"a, \\\"b\\\"\"}"),
        sample);
  }

  @Test
  void anImageNeedsNoData() throws IOException {
    ProjectDraft draft = layout("a").ofImage("registry.example.com/team/service:1.0");
    MlopsConfig config = load(draft);

    assertEquals(Model.Kind.IMAGE, config.model().kind());
    assertEquals(Optional.of("registry.example.com/team/service:1.0"), config.model().image());
    assertEquals(Optional.empty(), config.model().data());
    assertFalse(text(draft, "README.md").contains("data/"));
    assertTrue(draft.files().keySet().stream().noneMatch(file -> file.startsWith("data/")));
  }

  private void assertFiles(Beginning beginning, ProjectDraft draft) {
    assertEquals(
        new TreeSet<>(draft.files().keySet()), new TreeSet<>(layout("a").files(beginning)));
  }

  private MlopsConfig load(ProjectDraft draft) throws IOException {
    for (Map.Entry<String, Content> file : draft.files().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(
          path, file.getValue() instanceof Content.CopyOf ? "a,b\n" : text(draft, file.getKey()));
    }
    return ConfigLoader.load(ConfigSource.of(folder)).config();
  }

  private static String text(ProjectDraft draft, String file) {
    return switch (draft.files().get(file)) {
      case Content.Text(String text) -> text;
      case Content.Generated(String text) -> text;
      case Content.CopyOf(Path source) -> throw new AssertionError("a copy of " + source);
    };
  }

  private static List<JsonNode> objects(String yaml) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    new ObjectMapper(new YAMLFactory())
        .readerFor(JsonNode.class)
        .<JsonNode>readValues(yaml)
        .forEachRemaining(objects::add);
    return objects;
  }

  private static Set<Path> templates() throws IOException {
    try (Stream<Path> files = Files.walk(TEMPLATES)) {
      return new HashSet<>(files.filter(Files::isRegularFile).collect(Collectors.toSet()));
    }
  }

  private static DataFacts facts(boolean isClass, double majority) {
    var goal =
        new Goal(
            "prix (€): net",
            isClass,
            false,
            isClass ? OptionalDouble.of(majority) : OptionalDouble.empty());
    return new DataFacts(
        goal,
        120,
        List.of(
            new Column("id", "text", 120, true, "every value is different", List.of("a1")),
            new Column("größe", "number", 7, false, "", List.of("1.50", "2")),
            new Column("sold", "boolean", 2, false, "", List.of("Yes")),
            new Column("colour", "category", 3, false, "", List.of("a, \"b\"")),
            new Column("empty", "number", 0, false, "", List.of()),
            new Column("yes", "text", 90, true, "free\ntext", List.of("x")),
            new Column("prix (€): net", isClass ? "category" : "number", 2, false, "", List.of())));
  }

  private static Path data() {
    return Path.of("/elsewhere/my data.csv");
  }

  private Layout layout(String name) {
    return new Layout(
        folder,
        new Name(name),
        "the folder's name",
        Optional.empty(),
        new ToolPin(Path.of("no-installation")));
  }
}
