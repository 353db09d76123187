package dev.mlops.ci;

import dev.mlops.config.Origin;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the rules have found so far; each once. */
final class Findings {
  private final Set<Finding> all = new LinkedHashSet<>();

  void error(Origin at, String rule, String message) {
    all.add(new Finding(Finding.Severity.ERROR, at, rule, message));
  }

  void warning(Origin at, String rule, String message) {
    all.add(new Finding(Finding.Severity.WARNING, at, rule, message));
  }

  /** In the order of the file. */
  List<Finding> sorted() {
    return all.stream()
        .sorted(
            Comparator.comparing(Finding::at, Origin.order())
                .thenComparing(Finding::rule)
                .thenComparing(Finding::message))
        .toList();
  }
}
