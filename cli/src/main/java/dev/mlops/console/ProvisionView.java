package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.plan.RunReport;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The answer of `mlops provision`: what was made, and what it had to wait for. */
public record ProvisionView(RunView run) implements View {
  @Override
  public void text(Text text) {
    if (run.report().changed() > 0) {
      text.line("  The longest way: " + path(run.report()));
    }
    run.text(text);
  }

  @Override
  public String essential() {
    return run.essential();
  }

  @Override
  public ObjectNode json() {
    return run.json();
  }

  private static String path(RunReport report) {
    Map<String, RunReport.Entry> byId =
        report.steps().stream()
            .collect(Collectors.toMap(RunReport.Entry::id, Function.identity(), (a, _) -> a));
    return report.criticalPath().stream()
        .map(id -> byId.get(id).title() + " " + StepLine.time(byId.get(id).millis()).strip())
        .collect(Collectors.joining(", "));
  }
}
