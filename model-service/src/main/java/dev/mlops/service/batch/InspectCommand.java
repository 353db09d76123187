package dev.mlops.service.batch;

import dev.mlops.service.artifact.Task;
import dev.mlops.service.data.Column;
import dev.mlops.service.data.Content;
import dev.mlops.service.data.CsvFile;
import dev.mlops.service.data.Goal;
import dev.mlops.service.data.Inspection;
import dev.mlops.service.problem.Code;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code inspect --data FILE [--target COLUMN]}: what a CSV file holds, and what to make of it. */
final class InspectCommand {
  private static final int REASONS = 5;

  private InspectCommand() {}

  static Map<String, Object> run(Arguments arguments, Events events) {
    Path data = Path.of(arguments.get("--data"));
    Optional<String> target = arguments.find("--target");
    Inspection inspection =
        Inspection.of(CsvFile.open(data), target.map(Set::of).orElse(Set.of()), events::progress);
    Column goal =
        target.map(inspection::column).orElseGet(() -> Goal.suggest(inspection.columns()));
    Task task = Goal.infer(goal);
    new Goal(goal, task).check(inspection.rows());
    refuseWithoutFeatures(inspection, goal);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("rows", inspection.rows());
    result.put("delimiter", String.valueOf(inspection.file().delimiter()));
    result.put("task", task.word());
    result.put("target", goal.name());
    result.put("suggested", target.isEmpty());
    if (task == Task.CLASSIFICATION) {
      result.put("majority", (double) goal.values().mostFrequent() / inspection.rows());
    }
    result.put("columns", inspection.columns().stream().map(InspectCommand::toJson).toList());
    return result;
  }

  private static void refuseWithoutFeatures(Inspection inspection, Column goal) {
    List<Column> others =
        inspection.columns().stream().filter(column -> !column.equals(goal)).toList();
    if (others.stream().allMatch(column -> column.advice().leaveOut())) {
      throw Code.DATA_FEATURE.problem(
          "There is no column to predict `" + goal.name() + "` from",
          others.stream()
              .limit(REASONS)
              .map(column -> "`" + column.name() + "`: " + column.advice().note())
              .collect(Collectors.joining("\n")),
          "Prepare at least one column that holds numbers, booleans or a few different words");
    }
  }

  private static Map<String, Object> toJson(Column column) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", column.name());
    json.put("type", column.content().type());
    if (column.content() instanceof Content.Numbers(double min, double max, boolean integer)) {
      json.put("integer", integer);
      json.put("min", min);
      json.put("max", max);
    }
    json.put("missing", column.missing().rows());
    json.put("distinct", column.values().words().size());
    json.put("distinctExact", column.values().all());
    json.put("examples", column.values().examples());
    json.put("leaveOut", column.advice().leaveOut());
    json.put("note", column.advice().note());
    return json;
  }
}
