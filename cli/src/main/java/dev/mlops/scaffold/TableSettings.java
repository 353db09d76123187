package dev.mlops.scaffold;

import dev.mlops.scaffold.DataFacts.Column;
import dev.mlops.scaffold.DataFacts.Goal;
import dev.mlops.scaffold.ProjectDraft.Fact;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The settings that a table calls for. */
final class TableSettings {
  /** A little above always answering the mean, which has an r2 of 0. */
  private static final String LEAST_R2 = "0.05";

  /** Where one class has more of the rows than this, accuracy says little of the others. */
  private static final double LOPSIDED = 0.9;

  private static final BigDecimal HIGHEST_ASKED = new BigDecimal("0.999");

  private final DataFacts seen;
  private final List<Fact> facts = new ArrayList<>();

  TableSettings(DataFacts seen) {
    this.seen = seen;
  }

  /**
   * @param file the data's path in the project
   * @return what was set, and why
   */
  List<Fact> applyTo(ConfigText config, String file) {
    Goal goal = seen.goal();
    config.set("model.data", YamlScalar.of(file));
    config.set("model.target", YamlScalar.of(goal.column()));
    fact("data", file, seen.rows() + " rows, " + seen.columns().size() + " columns");
    fact(
        "target",
        goal.column(),
        goal.suggested()
            ? "the last column that can be predicted; --target names another"
            : "--target");
    setTask(config, goal);
    setGate(config, goal);
    setExclude(config);
    return List.copyOf(facts);
  }

  /** Settings for a model that is there already: what it is judged by. */
  List<Fact> judge(ConfigText config, String file) {
    Goal goal = seen.goal();
    config.set("model.data", YamlScalar.of(file));
    config.set("model.target", YamlScalar.of(goal.column()));
    fact("data", file, seen.rows() + " rows, " + seen.columns().size() + " columns");
    fact("target", goal.column(), "--target");
    setGate(config, goal);
    return List.copyOf(facts);
  }

  private void setTask(ConfigText config, Goal goal) {
    String task = goal.isClass() ? "classification" : "regression";
    String algorithm = goal.isClass() ? "logistic-regression" : "linear-regression";
    config.set("model.task", task).set("model.algorithm.kind", algorithm);
    fact("task", task, goal.isClass() ? differentAnswers() + " different values" : "numbers");
    fact("algorithm", algorithm, "the simplest for the task");
  }

  private void setGate(ConfigText config, Goal goal) {
    config.leaveOut("model.gate.accuracy");
    if (!goal.isClass()) {
      config.set("model.gate.r2", LEAST_R2);
      fact("gate", "r2 " + LEAST_R2, "better than always answering the mean");
    } else if (goal.majority().isPresent()) {
      setClassGate(config, goal.majority().getAsDouble());
    }
  }

  private void setClassGate(ConfigText config, double majority) {
    boolean lopsided = majority > LOPSIDED;
    String metric = lopsided ? "f1" : "accuracy";
    BigDecimal least = above(lopsided ? f1OfMajority(majority) : majority);
    config.set("model.gate." + metric, least.toPlainString());
    fact(
        "gate",
        metric + " " + least,
        String.format(
            Locale.ROOT,
            "better than always answering the most frequent class (%.1f %% of the rows)",
            100 * majority));
  }

  /** Its precision is its share and its recall 1; the other classes have an f1 of 0. */
  private double f1OfMajority(double majority) {
    return 2 * majority / (1 + majority) / differentAnswers();
  }

  private long differentAnswers() {
    return seen.columns().stream()
        .filter(column -> column.name().equals(seen.goal().column()))
        .mapToLong(Column::distinct)
        .sum();
  }

  private void setExclude(ConfigText config) {
    List<Column> leftOut = seen.leftOut();
    if (!leftOut.isEmpty()) {
      config.set(
          "model.exclude",
          leftOut.stream()
              .map(column -> "- " + YamlScalar.of(column.name()) + comment(column))
              .collect(Collectors.joining("\n", "\n", "")));
      leftOut.forEach(column -> fact("exclude", column.name(), column.note()));
    }
  }

  private static String comment(Column column) {
    String note = column.note().replaceAll("\\s+", " ").strip();
    return note.isEmpty() ? "" : "  # " + note;
  }

  /** The next thousandth above. */
  private static BigDecimal above(double share) {
    return BigDecimal.valueOf(share)
        .setScale(3, RoundingMode.FLOOR)
        .add(new BigDecimal("0.001"))
        .min(HIGHEST_ASKED);
  }

  private void fact(String name, String value, String source) {
    facts.add(new Fact(name, value, source));
  }
}
