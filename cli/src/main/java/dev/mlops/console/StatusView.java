package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.cost.Estimate;
import dev.mlops.drift.DriftSurvey;
import dev.mlops.platform.Event;
import dev.mlops.platform.Meters;
import dev.mlops.platform.Status;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer of `mlops status`.
 *
 * @param target where that is, for people
 * @param meters what replicas use, of those that are measured
 * @param events what goes wrong now, the newest first
 * @param drift of what is asked from what was trained on; absent if nobody was asked
 * @param cost by the list; absent where none is known
 * @param next what to run next
 */
public record StatusView(
    String environment,
    String platform,
    String target,
    String repository,
    Status status,
    List<Meters.Reading> meters,
    List<Event> events,
    Optional<DriftSurvey> drift,
    Optional<Estimate> cost,
    List<String> next)
    implements View {
  @Override
  public void text(Text text) {
    Instant now = Instant.now();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("environment", environment + " on " + target);
    facts.putAll(StatusFacts.summary(status, text.style(), now));
    drift
        .filter(survey -> survey.counts().isPresent())
        .ifPresent(survey -> facts.put("drift", DriftFacts.summary(survey, text.style())));
    cost.flatMap(estimate -> CostFacts.now(estimate, status.state()))
        .ifPresent(line -> facts.put("cost", line));
    text.facts(facts);
    if (!status.replicas().all().isEmpty()) {
      text.blank();
      text.table(StatusFacts.replicaTable(status.replicas().all(), meters, now));
    }
    status.notes().forEach(note -> text.line("  " + text.style().notable("! ") + note));
    events.forEach(
        event -> text.line("  " + text.style().notable("! ") + StatusFacts.line(event, now)));
    text.next(next);
  }

  @Override
  public String essential() {
    return status.endpoint().map(URI::toString).orElse(status.state().label());
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Json.object().put("environment", environment).put("platform", platform);
    StatusFacts.put(json, status, repository);
    StatusFacts.putMeters(json, status.replicas().all(), meters);
    StatusFacts.putEvents(json.putArray("events"), events);
    drift
        .filter(survey -> survey.counts().isPresent())
        .ifPresent(survey -> DriftFacts.put(json.putObject("drift"), survey));
    cost.ifPresent(estimate -> CostFacts.put(json.putObject("cost"), estimate));
    return json;
  }
}
