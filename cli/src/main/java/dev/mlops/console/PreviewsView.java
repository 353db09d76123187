package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answer of `mlops ci preview expire`.
 *
 * @param age how old a preview may get
 */
public record PreviewsView(String age, List<Preview> previews) implements View {
  /**
   * @param since when it was deployed to last, if it ever came up
   */
  public record Preview(String environment, Optional<Instant> since, boolean removed) {}

  @Override
  public void text(Text text) {
    if (previews.isEmpty()) {
      text.line("  There are no previews.");
      return;
    }
    Instant now = Instant.now();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("preview", "age", ""));
    for (Preview preview : previews) {
      rows.add(
          List.of(
              preview.environment(),
              preview.since().map(since -> StatusFacts.age(since, now)).orElse("never came up"),
              preview.removed() ? "removed" : "kept"));
    }
    text.table(rows);
  }

  /** How many were removed. */
  @Override
  public String essential() {
    return Long.toString(previews.stream().filter(Preview::removed).count());
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Json.object().put("age", age);
    ArrayNode all = json.putArray("previews");
    for (Preview preview : previews) {
      all.addObject()
          .put("environment", preview.environment())
          .put("since", preview.since().map(Instant::toString).orElse(null))
          .put("removed", preview.removed());
    }
    return json;
  }
}
