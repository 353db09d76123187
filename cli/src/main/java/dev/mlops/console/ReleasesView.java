package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Releases.Revision;
import dev.mlops.platform.Releases.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer of `mlops releases`.
 *
 * @param revisions the newest first
 */
public record ReleasesView(
    String environment, String platform, String repository, List<Revision> revisions)
    implements View {
  @Override
  public void text(Text text) {
    if (revisions.isEmpty()) {
      text.line("Nothing is deployed in " + environment + ".");
      text.next(List.of("mlops up"));
      return;
    }
    Instant now = Instant.now();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("revision", "release", "state", "age", "by"));
    for (Revision revision : revisions) {
      rows.add(
          List.of(
              Integer.toString(revision.number()),
              revision.release().name(),
              revision.state().label(),
              revision.since().map(since -> StatusFacts.age(since, now)).orElse(""),
              revision.by()));
    }
    text.table(rows);
    boolean another = revisions.stream().anyMatch(revision -> revision.state() == State.GOOD);
    text.next(another ? List.of("mlops rollback") : List.of());
  }

  /** The current release's name. */
  @Override
  public String essential() {
    return revisions.stream()
        .filter(revision -> revision.state() == State.CURRENT)
        .map(revision -> revision.release().name())
        .findFirst()
        .orElse("");
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Json.object().put("environment", environment).put("platform", platform);
    ArrayNode all = json.putArray("releases");
    for (Revision revision : revisions) {
      ObjectNode one =
          all.addObject()
              .put("revision", revision.number())
              .put("release", revision.release().name())
              .put("image", repository + "@" + revision.release().image())
              .put("state", revision.state().label())
              .put("since", revision.since().map(Instant::toString).orElse(null))
              .put("by", revision.by());
      ObjectNode facts = one.putObject("facts");
      revision.release().facts().forEach(facts::put);
    }
    return json;
  }
}
