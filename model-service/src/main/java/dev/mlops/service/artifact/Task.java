package dev.mlops.service.artifact;

import dev.mlops.service.json.Json;
import java.util.Locale;

/** What a model predicts: one of a few classes, or a number. */
public enum Task {
  CLASSIFICATION,
  REGRESSION;

  /** As the documents write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Task read(Json json) {
    return switch (json.text()) {
      case "classification" -> CLASSIFICATION;
      case "regression" -> REGRESSION;
      default -> throw json.wrong("should be classification or regression");
    };
  }
}
