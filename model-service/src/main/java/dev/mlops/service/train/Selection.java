package dev.mlops.service.train;

import dev.mlops.service.artifact.Task;
import dev.mlops.service.data.Column;
import dev.mlops.service.data.Content;
import dev.mlops.service.data.Goal;
import dev.mlops.service.data.Inspection;
import dev.mlops.service.problem.Code;
import dev.mlops.service.train.TrainingRequest.DeclaredType;
import dev.mlops.service.train.TrainingRequest.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is learnt from which columns.
 *
 * @param features each a number, a category or a boolean
 * @param target a number, or a category of the classes
 * @param leftOut what could not be learnt from, though nobody excluded it
 */
record Selection(List<Column> features, Column target, Task task, List<LeftOut> leftOut) {
  record LeftOut(String name, String why) {}

  /** Columns whose values have to be told apart even if they are numbers. */
  static Set<String> exact(Source source) {
    Set<String> names = new HashSet<>();
    names.add(source.target());
    source
        .types()
        .forEach((name, type) -> {
          if (type == DeclaredType.CATEGORY) {
            names.add(name);
          }
        });
    return names;
  }

  /**
   * @throws dev.mlops.service.problem.ProblemException if the target can't be predicted, a column
   *     is not what it is declared to be, or nothing is left to learn from
   */
  static Selection of(Inspection inspection, Source source) {
    Column target = inspection.column(source.target());
    source.types().keySet().forEach(inspection::column);
    source.exclude().forEach(inspection::column);
    Task task = source.task().orElseGet(() -> Goal.infer(target));
    new Goal(target, task).check(inspection.rows());
    List<Column> features = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    for (Column column : inspection.columns()) {
      if (column.name().equals(target.name()) || source.exclude().contains(column.name())) {
        continue;
      }
      Column declared = declared(column, source);
      switch (declared.content()) {
        case Content.Numbers _, Content.Category _, Content.Flags _ -> features.add(declared);
        case Content.Text _, Content.Nothing _ -> leftOut.add(leftOut(column, source));
      }
    }
    if (features.isEmpty()) {
      throw Code.DATA_FEATURE.problem(
          "There is no column to predict `" + target.name() + "` from",
          "All others are excluded, empty, or hold too many different texts",
          "Take a column out of model.exclude, or say under model.features what it holds");
    }
    Column predicted =
        switch (task) {
          case CLASSIFICATION -> target.as(new Content.Category(target.values().words()));
          case REGRESSION -> target;
        };
    return new Selection(features, predicted, task, leftOut);
  }

  private static LeftOut leftOut(Column column, Source source) {
    boolean declared = source.types().containsKey(column.name());
    return new LeftOut(
        column.name(), declared ? "it is declared to be text" : column.advice().note());
  }

  private static Column declared(Column column, Source source) {
    DeclaredType type = source.types().get(column.name());
    if (type == null) {
      return column;
    }
    return switch (type) {
      case TEXT -> column.as(new Content.Text());
      case CATEGORY -> category(column);
      case NUMBER -> {
        if (!(column.content() instanceof Content.Numbers)) {
          throw notSo(column, "a number");
        }
        yield column;
      }
      case BOOLEAN -> {
        if (!isBoolean(column)) {
          throw notSo(column, "a boolean");
        }
        yield column.as(new Content.Flags());
      }
    };
  }

  private static Column category(Column column) {
    if (!column.values().all()) {
      throw Code.DATA_FEATURE.problem(
          "The column `" + column.name() + "` is declared a category",
          "It has more than " + Column.WORD_LIMIT + " different values",
          "Exclude it, or group its values");
    }
    return column.as(new Content.Category(column.values().words()));
  }

  private static boolean isBoolean(Column column) {
    return switch (column.content()) {
      case Content.Flags _ -> true;
      case Content.Numbers _ -> Set.of("0", "1").containsAll(column.values().words());
      case Content.Category _, Content.Text _, Content.Nothing _ -> false;
    };
  }

  private static RuntimeException notSo(Column column, String declared) {
    String why =
        column
            .values()
            .firstWord()
            .map(found -> "In " + found.place() + " it is \"" + found.value() + "\"")
            .orElse("It holds " + String.join(", ", column.values().examples()));
    return Code.DATA_FEATURE.problem(
        "The column `" + column.name() + "` is declared " + declared, why, "");
  }
}
