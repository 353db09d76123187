package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.config.Explain;
import dev.mlops.config.LoadedConfig;
import dev.mlops.config.Origin;
import java.util.List;

/**
 * The answer of `mlops config show`.
 *
 * @param explained whether each key is told with its origin and meaning, also those that nobody set
 */
public record ConfigView(LoadedConfig loaded, List<Explain.Row> rows, boolean explained)
    implements View {
  @Override
  public void text(Text text) {
    Style style = text.style();
    text.line(style.dim("# " + loaded.file() + ", environment " + loaded.environment()));
    int width = rows.stream().mapToInt(row -> row.key().length()).max().orElse(0);
    for (Explain.Row row : rows) {
      String key = row.key() + " ".repeat(width - row.key().length());
      if (explained) {
        text.line(style.bold(key) + "  " + shown(row));
        text.line("  " + style.accent(row.origin().label()) + "  " + style.dim(row.doc()));
      } else if (!row.value().isEmpty()) {
        String origin =
            switch (row.origin()) {
              case Origin.Default _ -> style.dim("  (default)");
              case Origin set -> style.accent("  (" + set.label() + ")");
            };
        text.line(key + "  " + row.value() + origin);
      }
    }
  }

  private static String shown(Explain.Row row) {
    return row.value().isEmpty() ? "-" : row.value();
  }

  @Override
  public String essential() {
    return loaded.file().toString();
  }

  @Override
  public ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("environment", loaded.environment())
            .put("file", loaded.file().toString());
    ArrayNode values = json.putArray("values");
    for (Explain.Row row : rows) {
      ObjectNode value =
          values
              .addObject()
              .put("key", row.key())
              .put("value", row.value())
              .put("origin", row.origin().label());
      if (explained) {
        value.put("doc", row.doc());
      }
    }
    return json;
  }
}
