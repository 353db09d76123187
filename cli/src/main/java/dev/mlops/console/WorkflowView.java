package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.ci.Finding;
import java.util.List;
import java.util.Locale;

/**
 * The answer of `mlops ci check`.
 *
 * @param files names of the workflows that were looked at
 */
public record WorkflowView(List<String> files, List<Finding> findings) implements View {
  @Override
  public void text(Text text) {
    for (Finding finding : findings) {
      text.line("  " + mark(text.style(), finding) + " " + finding);
    }
    if (findings.isEmpty()) {
      text.line(
          "  "
              + text.style().good(text.style().symbol(Style.Symbol.DONE))
              + " nothing wrong in "
              + String.join(", ", files));
    }
  }

  /** How many errors there are. */
  @Override
  public String essential() {
    return Long.toString(errors());
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Json.object().put("errors", errors());
    files.forEach(json.putArray("files")::add);
    ArrayNode list = json.putArray("findings");
    for (Finding finding : findings) {
      list.addObject()
          .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
          .put("at", finding.at().label())
          .put("rule", finding.rule())
          .put("message", finding.message());
    }
    return json;
  }

  private long errors() {
    return findings.stream().filter(f -> f.severity() == Finding.Severity.ERROR).count();
  }

  private static String mark(Style style, Finding finding) {
    return switch (finding.severity()) {
      case ERROR -> style.bad(style.symbol(Style.Symbol.FAILED));
      case WARNING -> style.notable("!");
    };
  }
}
