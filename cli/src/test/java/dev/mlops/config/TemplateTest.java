package dev.mlops.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the file that `mlops init` writes to the records. */
class TemplateTest {
  static final Path PROJECT = Path.of("../templates/project");
  private static final Pattern LEFT_OUT = Pattern.compile("(?m)^( *)#( {2})?([A-Za-z]\\w*:)");

  /** The template with every key in force. */
  static String uncommented() {
    return LEFT_OUT.matcher(template()).replaceAll("$1$2$3");
  }

  @Test
  void everyKeyIsInTheTemplate() {
    YamlNode.Mapping tree = tree(uncommented());

    assertEquals(
        List.of(),
        KeyPaths.of(MlopsConfig.class).stream().filter(key -> at(tree, key) == null).toList());
  }

  @Test
  void aKeyThatIsLeftOutShowsItsDefault() {
    YamlNode.Mapping inForce = tree(template());
    YamlNode.Mapping all = tree(uncommented());
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    for (Map.Entry<String, Object> entry : Defaults.ofAllKeys().entrySet()) {
      boolean leftOut = at(inForce, entry.getKey()) == null;
      if (leftOut && at(all, entry.getKey()) instanceof YamlNode.Scalar shown) {
        compared++;
        boolean same =
            entry.getValue() instanceof Number number
                ? Double.parseDouble(shown.text()) == number.doubleValue()
                : shown.text().equals(entry.getValue().toString());
        if (!same) {
          wrong.add(entry.getKey());
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(compared >= 6, "only " + compared);
  }

  @Test
  void onlyChoicesOfTheExampleDifferFromTheDefaults() {
    YamlNode.Mapping inForce = tree(template());
    List<String> different =
        Defaults.ofAllKeys().entrySet().stream()
            .filter(entry ->
                at(inForce, entry.getKey()) instanceof YamlNode.Scalar scalar
                    && !scalar.text().replaceFirst("/$", "").equals(entry.getValue().toString()))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();

    assertEquals(List.of("model.algorithm.kind", "model.task"), different);
  }

  @Test
  void theTemplateLoadsAsItStands() {
    LoadedConfig loaded = ConfigLoader.load(ConfigSource.of(PROJECT));

    assertEquals("dev", loaded.environment());
    assertEquals("iris", loaded.config().name().text());
    assertTrue(loaded.config().scale().isEmpty());
    assertEquals(
        List.of(new Gate.Bound(Gate.Metric.ACCURACY, 0.9)),
        loaded.config().model().gate().bounds());
  }

  private static String template() {
    try {
      return Files.readString(PROJECT.resolve("mlops.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static YamlNode.Mapping tree(String yaml) {
    var complaints = new Complaints();
    YamlNode.Mapping tree = YamlTree.readMapping(yaml, "template", complaints).orElseThrow();
    assertEquals(List.of(), complaints.sorted());
    return tree;
  }

  private static YamlNode at(YamlNode.Mapping tree, String path) {
    YamlNode node = tree;
    for (String name : path.split("\\.", -1)) {
      YamlNode.Entry entry =
          node instanceof YamlNode.Mapping mapping ? mapping.entries().get(name) : null;
      if (entry == null) {
        return null;
      }
      node = entry.value();
    }
    return node;
  }
}
