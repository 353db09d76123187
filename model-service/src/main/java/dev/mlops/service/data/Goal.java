package dev.mlops.service.data;

import dev.mlops.service.artifact.Task;
import dev.mlops.service.problem.Code;
import java.util.List;
import java.util.Optional;

/** Which column is to be predicted, and how. */
public record Goal(Column column, Task task) {
  private static final int FEW_NUMBERS = 10;
  private static final int MOST_CLASSES = 256;

  /** Classes for words and for a handful of whole numbers, a number for all other numbers. */
  public static Task infer(Column column) {
    return switch (column.content()) {
      case Content.Numbers(_, _, boolean integer) ->
          integer && column.values().all() && column.values().words().size() <= FEW_NUMBERS
              ? Task.CLASSIFICATION
              : Task.REGRESSION;
      case Content.Category _, Content.Flags _, Content.Text _, Content.Nothing _ ->
          Task.CLASSIFICATION;
    };
  }

  /** The last column that a model could predict; where there is none, the last. */
  public static Column suggest(List<Column> columns) {
    return columns.reversed().stream()
        .filter(column -> !column.advice().leaveOut() && column.values().words().size() > 1)
        .findFirst()
        .orElse(columns.getLast());
  }

  /**
   * @param rows of the table
   * @throws dev.mlops.service.problem.ProblemException if the column can't be predicted so
   */
  public Goal check(long rows) {
    column.missing().first().ifPresent(this::refuseMissing);
    switch (task) {
      case CLASSIFICATION -> checkClasses(rows);
      case REGRESSION -> checkNumbers();
    }
    return this;
  }

  private void refuseMissing(CsvFile.Place first) {
    long rows = column.missing().rows();
    throw Code.DATA_TARGET.problem(
        "The target `" + column.name() + "` is missing in " + first,
        rows == 1 ? "" : "It is missing in " + rows + " rows in all",
        "Fill it in, or take these rows out: there is nothing to learn from them");
  }

  private void checkClasses(long rows) {
    int classes = column.values().words().size();
    if (classes == 1) {
      throw Code.DATA_TARGET.problem(
          "The target `"
              + column.name()
              + "` is \""
              + column.values().words().getFirst()
              + "\" in every row",
          "With one class only there is nothing to tell apart",
          "Choose another target, or data with at least two classes");
    }
    if (!column.values().all() || classes > MOST_CLASSES || 2L * classes > rows) {
      throw Code.DATA_TARGET.problem(
          "The target `"
              + column.name()
              + "` has "
              + (column.values().all() ? "" : "more than ")
              + classes
              + " different values in "
              + rows
              + " rows",
          strange().orElse("That is more than can be told apart as classes"),
          "Choose another target"
              + (column.values().firstWord().isEmpty() ? ", or the task regression" : ""));
    }
  }

  private void checkNumbers() {
    column
        .values()
        .firstWord()
        .ifPresent(found -> {
          throw Code.DATA_TARGET.problem(
              "The target `" + column.name() + "` is \"" + found.value() + "\" in " + found.place(),
              strange().orElse("Regression needs a number in every row"),
              "Correct the value, or choose the task classification");
        });
    if (column.values().words().size() == 1) {
      throw Code.DATA_TARGET.problem(
          "The target `"
              + column.name()
              + "` is "
              + column.values().words().getFirst()
              + " in every row",
          "There is nothing to learn",
          "Choose another target");
    }
  }

  /** What the look at the column has found, such as decimal commas. */
  private Optional<String> strange() {
    String note = column.advice().note();
    return column.advice().leaveOut() && !note.isEmpty()
        ? Optional.of(Character.toUpperCase(note.charAt(0)) + note.substring(1))
        : Optional.empty();
  }
}
