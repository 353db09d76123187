package dev.mlops.scaffold;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What the model service saw in a table. */
public record DataFacts(Goal goal, long rows, List<Column> columns) {
  /**
   * What is to be predicted.
   *
   * @param suggested whether the service chose the column
   * @param majority share of the rows with the most frequent class; absent for numbers
   */
  public record Goal(String column, boolean isClass, boolean suggested, OptionalDouble majority) {}

  /**
   * @param type {@code number}, {@code category}, {@code boolean} or {@code text}
   * @param distinct how many different values, as far as they were counted
   * @param leaveOut whether a model had better not learn from it
   * @param note why, or what else is strange about it; may be empty
   * @param examples some values as they stand in the file; empty if all are missing
   */
  public record Column(
      String name,
      String type,
      long distinct,
      boolean leaveOut,
      String note,
      List<String> examples) {
    public Column {
      examples = List.copyOf(examples);
    }
  }

  public DataFacts {
    columns = List.copyOf(columns);
  }

  /**
   * @param result the event of the service's `inspect`
   */
  public static DataFacts read(JsonNode result) {
    List<Column> columns = new ArrayList<>();
    result.path("columns").forEach(column -> columns.add(column(column)));
    JsonNode majority = result.path("majority");
    Goal goal =
        new Goal(
            result.path("target").asText(),
            result.path("task").asText().equals("classification"),
            result.path("suggested").asBoolean(),
            majority.isNumber() ? OptionalDouble.of(majority.asDouble()) : OptionalDouble.empty());
    return new DataFacts(goal, result.path("rows").asLong(), columns);
  }

  /** The columns that a model should learn from. */
  List<Column> features() {
    return columns.stream().filter(column -> !isGoal(column) && !column.leaveOut()).toList();
  }

  List<Column> leftOut() {
    return columns.stream().filter(column -> !isGoal(column) && column.leaveOut()).toList();
  }

  private boolean isGoal(Column column) {
    return column.name().equals(goal.column());
  }

  private static Column column(JsonNode column) {
    List<String> examples = new ArrayList<>();
    column.path("examples").forEach(example -> examples.add(example.asText()));
    return new Column(
        column.path("name").asText(),
        column.path("type").asText(),
        column.path("distinct").asLong(),
        column.path("leaveOut").asBoolean(),
        column.path("note").asText(),
        examples);
  }
}
