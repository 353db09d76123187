package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.plan.Outcome;
import dev.mlops.plan.RunReport;
import dev.mlops.platform.Status;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The answer of every command that runs a plan: what each step did, and what runs now. The steps
 * themselves were shown while they ran.
 *
 * @param status what runs afterwards, where the command asked for it
 */
public record RunView(
    String environment,
    String platform,
    String repository,
    RunReport report,
    Optional<Status> status,
    List<String> next)
    implements View {
  @Override
  public void text(Text text) {
    if (report.changed() == 0) {
      text.line("  Nothing to do.");
    }
    status.ifPresent(now -> {
      text.facts(StatusFacts.summary(now, text.style(), Instant.now()));
      now.notes().forEach(note -> text.line("  " + text.style().notable("! ") + note));
    });
    text.next(next);
  }

  @Override
  public String essential() {
    return status
        .flatMap(Status::endpoint)
        .map(URI::toString)
        .orElse(Long.toString(report.changed()));
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Json.object().put("environment", environment).put("platform", platform);
    putSteps(json, report);
    status.ifPresent(now -> StatusFacts.put(json, now, repository));
    return json;
  }

  static void putSteps(ObjectNode json, RunReport report) {
    ArrayNode steps = json.putArray("steps");
    for (RunReport.Entry entry : report.steps()) {
      steps
          .addObject()
          .put("id", entry.id())
          .put("title", entry.title())
          .put("outcome", outcome(entry.outcome()))
          .put("detail", entry.outcome().detail())
          .put("millis", entry.millis());
    }
    json.put("changed", report.changed());
    if (!report.criticalPath().isEmpty()) {
      ArrayNode path = json.putArray("criticalPath");
      report.criticalPath().forEach(path::add);
    }
  }

  private static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Unchanged _ -> "unchanged";
      case Outcome.Planned _ -> "planned";
      case Outcome.Changed _ -> "changed";
      case Outcome.Skipped _ -> "skipped";
      case Outcome.Failed _ -> "failed";
    };
  }
}
