package dev.mlops.service.predict;

import static dev.mlops.service.predict.Refusal.Reason.NO_PREDICTION;

import dev.mlops.service.artifact.Schema;
import dev.mlops.service.artifact.Target;
import dev.mlops.service.drift.DriftProfile;
import dev.mlops.service.model.Predictor;
import dev.mlops.service.telemetry.Tally;

/** One thread's way from a body to its answer, with the counters of what it predicted. */
public final class Lane {
  private final RowReader reader;
  private final Predictor predictor;
  private final AnswerWriter writer;
  private final DriftProfile profile;
  private final double[] row;
  private final double[] scores;
  private final Tally predictions;
  private final Tally drift;
  private final boolean classes;

  Lane(Schema schema, Predictor predictor, DriftProfile profile, int maxRows) {
    this.reader = new RowReader(schema, maxRows);
    this.predictor = predictor;
    this.writer = AnswerWriter.of(schema.target());
    this.profile = profile;
    this.row = new double[schema.features().size()];
    this.scores = new double[schema.target().scores()];
    this.predictions = new Tally(scores.length);
    this.drift = new Tally(profile.counters());
    this.classes =
        switch (schema.target()) {
          case Target.Classes _ -> true;
          case Target.Quantity _ -> false;
        };
  }

  /**
   * Answers one request body.
   *
   * @param out receives the JSON of the answer; of no use after a refusal
   */
  public void answer(byte[] body, int length, ByteSink out) throws Refusal {
    boolean list = reader.open(body, length);
    if (list) {
      out.append((byte) '[');
    }
    for (int i = 0; reader.next(row); i++) {
      if (i > 0) {
        out.append((byte) ',');
      }
      predict(out);
    }
    if (list) {
      out.append((byte) ']');
    }
  }

  Tally predictions() {
    return predictions;
  }

  Tally drift() {
    return drift;
  }

  private void predict(ByteSink out) throws Refusal {
    predictor.predict(row, scores);
    for (double score : scores) {
      if (!Double.isFinite(score)) {
        throw Refusal.of(NO_PREDICTION, "The values are too far out for the model to predict");
      }
    }
    writer.write(scores, out);
    int best = Predictor.best(scores);
    predictions.add(best, 1);
    drift.add(profile.counterOfPrediction(classes ? best : scores[0]), 1);
    for (int i = 0; i < row.length; i++) {
      drift.add(profile.counterOf(i, row[i]), 1);
    }
  }
}
