package dev.mlops.service.train;

import dev.mlops.service.data.Column;
import dev.mlops.service.data.Content;
import dev.mlops.service.data.Inspection;
import dev.mlops.service.onnx.ElementType;
import dev.mlops.service.problem.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Holds the data's columns against the types that a model takes. */
final class ImportData {
  private static final Set<String> BINARY = Set.of("0", "1");

  private final Inspection inspection;

  ImportData(Inspection inspection) {
    this.inspection = inspection;
  }

  /**
   * The column as the model takes it.
   *
   * @param known words that the model is known to take
   * @throws dev.mlops.service.problem.ProblemException if the column does not hold such values
   */
  Column column(String name, ElementType type, List<String> known) {
    Column column = inspection.column(name);
    if (column.missing().rows() > 0 && !type.mayBeMissing()) {
      throw unfit(column, "lacks values in " + column.missing().rows() + " rows", type);
    }
    return switch (type) {
      case FLOAT, DOUBLE, INT32, INT64 -> {
        if (!(column.content() instanceof Content.Numbers(_, _, boolean integer))
            || (type.isWhole() && !integer)) {
          throw unfit(column, "holds " + examples(column), type);
        }
        yield column;
      }
      case BOOL -> {
        if (!(column.content() instanceof Content.Flags)
            && !BINARY.containsAll(column.values().words())) {
          throw unfit(column, "holds " + examples(column), type);
        }
        yield column.as(new Content.Flags());
      }
      case STRING -> column.as(new Content.Category(words(column, known)));
    };
  }

  private static List<String> words(Column column, List<String> known) {
    if (!column.values().all()) {
      throw Code.ONNX_DATA.problem(
          "The column `" + column.name() + "` holds too many different words for a category",
          "More than " + Column.WORD_LIMIT,
          "Leave it to the service: model.features."
              + column.name()
              + ".categories names those it"
              + " shall take");
    }
    if (known.containsAll(column.values().words())) {
      return known;
    }
    TreeSet<String> all = new TreeSet<>(known);
    all.addAll(column.values().words());
    return new ArrayList<>(all);
  }

  private static String examples(Column column) {
    return String.join(", ", column.values().examples());
  }

  private static RuntimeException unfit(Column column, String what, ElementType type) {
    return Code.ONNX_DATA.problem(
        "The column `" + column.name() + "` " + what + ", and the model takes " + type.word(),
        "",
        "Correct the data, or name the columns that the model takes under model.onnx.columns");
  }
}
