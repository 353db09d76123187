package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.drift.Column;
import dev.mlops.drift.DriftCounts;
import dev.mlops.drift.DriftSurvey;
import dev.mlops.drift.Reading;
import java.util.Locale;

/** Drift in one line, as the views of several commands show it. */
final class DriftFacts {
  private DriftFacts() {}

  static Reading reading(DriftSurvey survey) {
    return survey.counts().map(counts -> counts.worst().reading()).orElse(Reading.NOT_MEASURED);
  }

  static String summary(DriftSurvey survey, Style style) {
    Reading reading = reading(survey);
    String where =
        reading.isDrift()
            ? survey.counts().map(DriftCounts::worst).map(DriftFacts::where).orElse("")
            : "";
    return coloured(reading, style) + where;
  }

  /** Adds the keys that drift and status share. */
  static void put(ObjectNode json, DriftSurvey survey) {
    json.put("reading", reading(survey).label());
    json.put("rows", survey.counts().map(DriftCounts::rows).orElse(0L));
    json.put("worst", survey.counts().map(counts -> counts.worst().name()).orElse(null));
  }

  private static String where(Column worst) {
    return String.format(Locale.ROOT, " in %s (psi %.2f)", worst.name(), worst.psi());
  }

  private static String coloured(Reading reading, Style style) {
    return switch (reading) {
      case STABLE -> style.good(reading.label());
      case MODERATE -> style.notable(reading.label());
      case LARGE -> style.bad(reading.label());
      case NOT_MEASURED, TOO_FEW, CHANCE -> reading.label();
    };
  }
}
