package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.drift.Bin;
import dev.mlops.drift.Column;
import dev.mlops.drift.DriftCounts;
import dev.mlops.drift.DriftSurvey;
import dev.mlops.drift.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The answer of `mlops drift`.
 *
 * @param next what to run next
 */
public record DriftView(String environment, String platform, DriftSurvey survey, List<String> next)
    implements View {
  @Override
  public void text(Text text) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("drift", DriftFacts.summary(survey, text.style()));
    facts.put("rows", rows());
    text.facts(facts);
    if (survey.counts().isPresent()) {
      text.blank();
      text.table(table(survey.counts().get()));
    }
    survey.notes().forEach(note -> text.line("  " + text.style().notable("! ") + note));
    text.next(next);
  }

  @Override
  public String essential() {
    return DriftFacts.reading(survey).label();
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Json.object().put("environment", environment).put("platform", platform);
    DriftFacts.put(json, survey);
    json.putObject("replicas").put("asked", survey.asked()).put("answered", survey.answered());
    json.put("model", survey.counts().map(DriftCounts::model).orElse(null));
    ArrayNode features = json.putArray("features");
    survey
        .counts()
        .ifPresent(counts -> {
          counts.features().forEach(feature -> put(features.addObject(), feature));
          put(json.putObject("prediction"), counts.prediction());
        });
    ArrayNode notes = json.putArray("notes");
    survey.notes().forEach(notes::add);
    return json;
  }

  private String rows() {
    return String.format(
        Locale.ROOT,
        "%,d since the replicas started, from %d of %d replicas",
        survey.counts().map(DriftCounts::rows).orElse(0L),
        survey.answered(),
        survey.asked());
  }

  /** The prediction first, then the features from the most drifted down. */
  private static List<List<String>> table(DriftCounts counts) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("column", "psi", "ks", "reading"));
    rows.add(row(counts.prediction(), " (prediction)"));
    counts.features().stream()
        .sorted(Comparator.comparing(Column::reading).thenComparingDouble(Column::psi).reversed())
        .forEach(feature -> rows.add(row(feature, "")));
    return rows;
  }

  private static List<String> row(Column column, String role) {
    Reading reading = column.reading();
    boolean measured = reading != Reading.NOT_MEASURED && column.rows() > 0;
    return List.of(
        column.name() + role,
        measured ? String.format(Locale.ROOT, "%.3f", column.psi()) : "",
        measured ? String.format(Locale.ROOT, "%.3f", column.ks()) : "",
        reading.label() + ": " + reading.meaning());
  }

  private static void put(ObjectNode json, Column column) {
    json.put("name", column.name()).put("reading", column.reading().label());
    json.put("psi", column.psi()).put("ks", column.ks());
    ArrayNode bins = json.putArray("bins");
    for (Bin bin : column.bins()) {
      bins.addObject()
          .put("bin", bin.label())
          .put("trained", bin.trained())
          .put("seen", bin.seen());
    }
  }
}
