package dev.mlops.plan;

import java.util.List;
import java.util.Optional;

/**
 * What a run did, in the order of the plan.
 *
 * @param criticalPath ids of the chain of steps that took the longest, from the first to the last
 */
public record RunReport(List<Entry> steps, List<String> criticalPath) {
  /**
   * @param millis wall time from the first look to the end, milliseconds
   */
  public record Entry(String id, String title, Outcome outcome, long millis) {}

  public RunReport(List<Entry> steps) {
    this(steps, List.of());
  }

  public RunReport {
    steps = List.copyOf(steps);
    criticalPath = List.copyOf(criticalPath);
  }

  /** How many steps changed something, or would. */
  public long changed() {
    return steps.stream()
        .filter(step ->
            switch (step.outcome()) {
              case Outcome.Changed _, Outcome.Planned _ -> true;
              case Outcome.Unchanged _, Outcome.Skipped _, Outcome.Failed _ -> false;
            })
        .count();
  }

  /** The first failure in the order of the plan. */
  public Optional<Outcome.Failed> failure() {
    return steps.stream()
        .map(Entry::outcome)
        .filter(Outcome.Failed.class::isInstance)
        .map(Outcome.Failed.class::cast)
        .findFirst();
  }
}
