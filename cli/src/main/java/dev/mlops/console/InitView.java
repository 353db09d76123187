package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.plan.Outcome;
import dev.mlops.plan.RunReport;
import dev.mlops.scaffold.ProjectDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The answer of `mlops init`: what was decided, and where each value comes from. */
public record InitView(ProjectDraft draft, RunReport report, List<String> next) implements View {
  @Override
  public void text(Text text) {
    if (!draft.facts().isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("setting", "value", "from"));
      draft.facts().forEach(fact -> rows.add(List.of(fact.name(), fact.value(), fact.source())));
      text.table(rows);
      text.blank();
    }
    long written = report.changed();
    text.line(
        written == 0
            ? "  Nothing to write: " + draft.folder() + " is as it should be."
            : "  "
                + written
                + (written == 1 ? " file" : " files")
                + " written to "
                + draft.folder());
    text.next(next);
  }

  @Override
  public String essential() {
    return draft.folder().toString();
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Json.object().put("folder", draft.folder().toString());
    ArrayNode written = json.putArray("written");
    Set<String> changed =
        report.steps().stream()
            .filter(step -> step.outcome() instanceof Outcome.Changed)
            .map(RunReport.Entry::id)
            .collect(Collectors.toSet());
    draft.files().keySet().stream()
        .filter(file -> changed.contains(ProjectDraft.step(file)))
        .forEach(written::add);
    ArrayNode facts = json.putArray("facts");
    draft
        .facts()
        .forEach(fact ->
            facts
                .addObject()
                .put("name", fact.name())
                .put("value", fact.value())
                .put("source", fact.source()));
    RunView.putSteps(json, report);
    return json;
  }
}
