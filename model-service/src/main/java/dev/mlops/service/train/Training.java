package dev.mlops.service.train;

import com.google.protobuf.ByteString;
import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.artifact.Card;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.artifact.Task;
import dev.mlops.service.data.CsvFile;
import dev.mlops.service.data.Inspection;
import dev.mlops.service.data.Table;
import dev.mlops.service.model.Model;
import dev.mlops.service.model.Predictor;
import dev.mlops.service.problem.Code;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** From a request to an artifact. */
public final class Training {
  /** Predictions of so many rows tell how predictions are distributed. */
  static final int PROFILE_ROWS = 20_000;

  /** Beyond this a model does not fit into the small container that serves it. */
  private static final int LARGE = 8 << 20;

  private static final int NAMED = 5;

  private final TrainingRequest request;
  private final Story story;

  /** Hears how training goes on. */
  public interface Story {
    void progress(String message);

    /** Something that the user should think about. */
    void warning(String message);
  }

  public Training(TrainingRequest request, Story story) {
    this.request = request;
    this.story = story;
  }

  /**
   * @throws dev.mlops.service.problem.ProblemException if the data can't be learnt from
   */
  public Artifact run() {
    CsvFile file = CsvFile.open(request.source().data());
    Inspection inspection = Inspection.of(file, Selection.exact(request.source()), story::progress);
    Selection selection = Selection.of(inspection, request.source());
    selection
        .leftOut()
        .forEach(column -> story.warning("Left out `" + column.name() + "`: " + column.why()));
    Algorithm algorithm = request.algorithm().forTask(selection.task());
    Table table = Table.load(inspection, selection.features(), selection.target());
    return learn(table, selection, algorithm);
  }

  private Artifact learn(Table table, Selection selection, Algorithm algorithm) {
    SplittableRandom seeds = new SplittableRandom(algorithm.seed());
    Split split =
        Split.of(
            IntStream.range(0, table.rows()).toArray(),
            stratum(table, selection.task()),
            request.trial().fraction(),
            seeds.nextLong());
    Schema schema = new SchemaMaker(table, split.train()).make(selection, algorithm);
    story.progress(
        "Training "
            + algorithm.kind()
            + " on "
            + split.train().length
            + " rows, "
            + schema.features().size()
            + " features");
    ByteString bytes = ModelBytes.of(new Learner(table, schema, algorithm).learn(split.train()));
    warnIfLarge(bytes);
    // What is tried is what will be served: the model as it comes back from its bytes.
    Model model = Model.load(bytes, schema);
    Predictor predictor = model.predictor();
    story.progress("Trying it with " + split.test().length + " rows");
    Evaluation evaluation = Evaluation.of(predictor, schema.target(), table, split.test());
    refuseDiverged(evaluation);
    warnOfUntried(evaluation);
    var outcome =
        new CardMaker.Outcome(
            Optional.of(evaluation),
            crossValidation(table, schema, split, algorithm, seeds.nextLong()),
            selection.leftOut());
    Card card =
        new CardMaker(request.identity(), request.inputs())
            .make(
                schema.task(),
                algorithm.toJson(),
                new CardMaker.Rows(split.train().length, split.test().length),
                outcome);
    return new Artifact(
        schema,
        card,
        new ProfileMaker(table, split.train())
            .make(schema, predictor, sample(split.train(), PROFILE_ROWS)),
        GoldenMaker.make(table, schema, predictor),
        bytes);
  }

  private Optional<CrossValidation> crossValidation(
      Table table, Schema schema, Split split, Algorithm algorithm, long seed) {
    int[] rows = sample(split.train(), CrossValidation.mostRows(algorithm));
    int folds = Math.min(request.trial().folds(), rows.length);
    if (folds < 2) {
      return Optional.empty();
    }
    List<Split> parts = Split.folds(rows, stratum(table, schema.task()), folds, seed);
    return Optional.of(CrossValidation.of(parts, table, schema, algorithm, story::progress));
  }

  private void warnOfUntried(Evaluation evaluation) {
    if (evaluation instanceof Confusion confusion && !confusion.untried().isEmpty()) {
      story.warning(
          "No figure counts "
              + confusion.untried().stream()
                  .limit(NAMED)
                  .map(name -> "`" + name + "`")
                  .collect(Collectors.joining(", "))
              + (confusion.untried().size() > NAMED ? ", …" : "")
              + ": too few rows to try");
    }
  }

  private void warnIfLarge(ByteString model) {
    if (model.size() > LARGE) {
      story.warning(
          "The model has "
              + (model.size() >> 20)
              + " MiB, and the service needs several times that in memory: a smaller maxDepth, a"
              + " larger minLeaf or fewer trees make it smaller");
    }
  }

  private static void refuseDiverged(Evaluation evaluation) {
    for (Map.Entry<String, Double> metric : evaluation.metrics().entrySet()) {
      if (!Double.isFinite(metric.getValue())) {
        throw Code.TRAINING.problem(
            "Training diverged: " + metric.getKey() + " is no finite number",
            "The steps were too large for this data",
            "Set a smaller learningRate");
      }
    }
  }

  private static IntUnaryOperator stratum(Table table, Task task) {
    return switch (task) {
      case CLASSIFICATION -> row -> (int) table.target(row);
      case REGRESSION -> _ -> 0;
    };
  }

  /** Evenly spread, so that it does not depend on how the rows are sorted. */
  static int[] sample(int[] rows, int most) {
    return rows.length <= most
        ? rows
        : IntStream.range(0, most).map(i -> rows[(int) ((long) i * rows.length / most)]).toArray();
  }
}
