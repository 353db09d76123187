package dev.mlops.service.train;

import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.artifact.Spread;
import dev.mlops.service.artifact.Target;
import dev.mlops.service.artifact.Task;
import dev.mlops.service.data.Column;
import dev.mlops.service.data.Content;
import dev.mlops.service.data.CsvFile;
import dev.mlops.service.data.Goal;
import dev.mlops.service.data.Inspection;
import dev.mlops.service.data.Table;
import dev.mlops.service.model.Predictor;
import dev.mlops.service.onnx.ElementType;
import dev.mlops.service.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A model and rows to judge it by, none of which it is known to have learnt from. */
final class ImportWithData {
  private final OnnxModel model;
  private final ImportRequest request;
  private final Training.Story story;

  ImportWithData(OnnxModel model, ImportRequest request, Training.Story story) {
    this.model = model;
    this.request = request;
    this.story = story;
  }

  Imported make(CsvFile file, List<BlankFeatures.Slot> slots) {
    String target = request.naming().target();
    Inspection inspection = Inspection.of(file, exact(slots, target), story::progress);
    List<Column> columns = columns(inspection, slots);
    Column answers = inspection.column(target);
    var classes = new ImportClasses(model, request.naming(), model.scores(blanks(slots, columns)));
    Task task = classes.task();
    new Goal(answers, task).check(inspection.rows());
    List<String> names =
        switch (task) {
          case CLASSIFICATION -> classes.names(Optional.of(answers), story);
          case REGRESSION -> List.of();
        };
    Column known = task == Task.CLASSIFICATION ? answers.as(new Content.Category(names)) : answers;
    return tried(Table.load(inspection, columns, known), columns, known);
  }

  private Imported tried(Table table, List<Column> columns, Column target) {
    int[] rows = IntStream.range(0, table.rows()).toArray();
    List<Feature> features = new SchemaMaker(table, rows).features(columns);
    Schema schema = new Schema(target(target), features);
    Predictor predictor = model.predictor(schema, request.naming().scores());
    story.progress("Trying it with " + rows.length + " rows");
    Evaluation evaluation = Evaluation.of(predictor, schema.target(), table, rows);
    return new Imported(
        schema,
        new CardMaker.Rows(0, rows.length),
        new CardMaker.Outcome(Optional.of(evaluation), Optional.empty(), List.of()),
        new ProfileMaker(table, rows)
            .make(schema, predictor, Training.sample(rows, Training.PROFILE_ROWS)),
        GoldenMaker.make(table, schema, predictor));
  }

  private static Target target(Column column) {
    return switch (column.content()) {
      case Content.Category(List<String> classes) -> new Target.Classes(column.name(), classes);
      case Content.Numbers(double min, double max, _) ->
          new Target.Quantity(column.name(), new Spread(min, max, 0, 1));
      case Content.Flags _, Content.Text _, Content.Nothing _ ->
          throw new IllegalArgumentException(column.name());
    };
  }

  private static List<Column> columns(Inspection inspection, List<BlankFeatures.Slot> slots) {
    ImportData data = new ImportData(inspection);
    return slots.stream().map(slot -> data.column(slot.name(), slot.type(), slot.words())).toList();
  }

  /** With the words that the data has, for the first run. */
  private static List<Feature> blanks(List<BlankFeatures.Slot> slots, List<Column> columns) {
    List<Feature> blanks = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      BlankFeatures.Slot slot = slots.get(i);
      List<String> words =
          columns.get(i).content() instanceof Content.Category(List<String> all)
              ? all
              : slot.words();
      blanks.add(BlankFeatures.feature(new BlankFeatures.Slot(slot.name(), slot.type(), words)));
    }
    return blanks;
  }

  /** Columns whose values are told apart even if they are numbers. */
  private static Set<String> exact(List<BlankFeatures.Slot> slots, String target) {
    Set<String> exact = new HashSet<>(Set.of(target));
    slots.stream()
        .filter(slot -> slot.type() == ElementType.STRING)
        .forEach(slot -> exact.add(slot.name()));
    return exact;
  }
}
