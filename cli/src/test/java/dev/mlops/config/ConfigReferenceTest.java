package dev.mlops.config;

import dev.mlops.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Writes docs/reference/config.md from the records, and holds it to them. */
class ConfigReferenceTest {
  private final Map<String, Object> defaults = Defaults.ofAllKeys();

  @Test
  void theReferenceIsUpToDate() throws IOException {
    Golden.check(Path.of("../docs/reference/config.md"), page());
  }

  private String page() {
    List<String> lines = new ArrayList<>();
    lines.add("# The keys of mlops.yaml");
    lines.add("");
    lines.add(
        "Generated from the config records. How to use them: [configure](../guide/configure.md).");
    lines.add(
        "Every key but those under `environments` can be set by its variable, and by `--set KEY=VALUE`.");
    lines.add("");
    section(Shape.of(MlopsConfig.class), "", lines);
    lines.add("## environments");
    lines.add("");
    lines.add(ConfigSchema.ENVIRONMENTS_DOC);
    return String.join("\n", lines) + "\n";
  }

  private void section(Shape.Section section, String prefix, List<String> lines) {
    lines.add("| key | value | default | variable | meaning |");
    lines.add("|---|---|---|---|---|");
    section.keys().stream()
        .filter(key -> !(key.shape() instanceof Shape.Section))
        .forEach(key -> lines.add(row(prefix + key.name(), key)));
    lines.add("");
    for (Shape.Key key : section.keys()) {
      if (key.shape() instanceof Shape.Section inner) {
        lines.add("#".repeat(prefix.isEmpty() ? 2 : 3) + " " + prefix + key.name());
        lines.add("");
        lines.add(key.doc());
        lines.add("");
        section(inner, prefix + key.name() + ".", lines);
      }
    }
  }

  private String row(String path, Shape.Key key) {
    Object value = defaults.get(path);
    return "| `%s` | %s | %s | `%s` | %s |"
        .formatted(
            path,
            type(key.shape()),
            key.required().isPresent()
                ? "required"
                : value == null ? "" : "`" + Explain.text(value) + "`",
            Overrides.variable(path),
            key.doc().replace("|", "\\|"));
  }

  private static String type(Shape shape) {
    return switch (shape) {
      case Shape.Value value ->
          value.type().expected().replaceFirst("^an? ", "")
              + value.range().map(range -> ", " + Bounds.describe(range)).orElse("");
      case Shape.Choice choice ->
          choice.labels().stream()
              .map(label -> "`" + label + "`")
              .collect(Collectors.joining(", "));
      case Shape.ListOf(Shape item) -> "list: " + type(item);
      case Shape.MapOf(Shape.Section inner) ->
          "names, each with "
              + inner.keys().stream()
                  .map(key -> "`" + key.name() + "`: " + type(key.shape()))
                  .collect(Collectors.joining(", "));
      case Shape.MapOf(Shape value) -> "names, each with " + type(value);
      case Shape.Section _ -> throw new IllegalArgumentException("a section has rows of its own");
    };
  }
}
