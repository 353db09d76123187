package dev.mlops.drift;

/** What a figure of drift says to a person; from the harmless to the serious. */
public enum Reading {
  NOT_MEASURED("not measured", "there are no training rows to compare with"),
  TOO_FEW("too few rows", "fewer than 100 rows say nothing about a distribution"),
  STABLE("stable", "distributed as in training"),
  CHANCE("could be chance", "so few rows differ so much by chance alone"),
  MODERATE("moderate", "worth a look"),
  LARGE("large", "the model is asked something else than it has learnt");

  private final String label;
  private final String meaning;

  Reading(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  public String label() {
    return label;
  }

  public String meaning() {
    return meaning;
  }

  /** Whether somebody should do something about it. */
  public boolean isDrift() {
    return this == MODERATE || this == LARGE;
  }
}
