package dev.mlops.ci;

import dev.mlops.config.YamlNode.Scalar;
import java.util.Locale;
import java.util.Optional;

/** A cache is of what the lock files say, and not of what some run once had. */
final class CacheKeys implements Rule {
  @Override
  public void check(Workflow workflow, Findings findings) {
    for (Workflow.Job job : workflow.jobs()) {
      for (Workflow.Step step : job.steps()) {
        step.uses()
            .filter(uses -> uses.text().startsWith("actions/cache"))
            .flatMap(uses -> key(step))
            .filter(key -> !isOfFiles(key.text()))
            .ifPresent(key ->
                findings.warning(
                    key.at(),
                    "cache-key",
                    "the cache never changes with the lock files; put hashFiles('…') into its"
                        + " key"));
      }
    }
  }

  private static Optional<Scalar> key(Workflow.Step step) {
    return step.input("key");
  }

  /** Or of the commit or run, or of what a step has found out. */
  private static boolean isOfFiles(String key) {
    String plain = key.toLowerCase(Locale.ROOT);
    return plain.contains("hashfiles(")
        || plain.matches("(?s).*(github\\.(sha|run_id)|steps\\.|needs\\.|env\\.|inputs\\.).*");
  }
}
