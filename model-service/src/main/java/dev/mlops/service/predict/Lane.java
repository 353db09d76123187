package dev.mlops.service.predict;

import static dev.mlops.service.predict.Refusal.Reason.NO_PREDICTION;
import static dev.mlops.service.predict.Refusal.Reason.WRONG_TYPE;

import dev.mlops.service.artifact.Schema;
import dev.mlops.service.artifact.Target;
import dev.mlops.service.drift.DriftProfile;
import dev.mlops.service.json.ByteSink;
import dev.mlops.service.model.Predictor;
import dev.mlops.service.model.UnfitValueException;
import dev.mlops.service.telemetry.Tally;
import dev.mlops.service.trace.Phases;

/** One thread's way from a body to its answer, with the counters of what it predicted. */
public final class Lane {
  private final Schema schema;
  private final Codec codec;
  private final Predictor predictor;
  private final DriftProfile profile;
  private final Rows rows;
  private final Tally predictions;
  private final Tally drift;
  private final boolean classes;

  Lane(Schema schema, Identity identity, Predictor predictor, DriftProfile profile) {
    this.schema = schema;
    this.rows = new Rows(schema);
    this.codec = new Codec(schema, identity, rows);
    this.predictor = predictor;
    this.profile = profile;
    this.predictions = new Tally(schema.target().scores());
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
   * @param from where it begins
   * @param out receives the answer; of no use after a refusal
   */
  public void answer(Dialect dialect, byte[] body, int from, int length, ByteSink out)
      throws Refusal {
    answer(dialect, body, from, length, Phases.NONE, out);
  }

  /**
   * The same.
   *
   * @param phases hears of decode, predict and encode
   */
  public void answer(
      Dialect dialect, byte[] body, int from, int length, Phases phases, ByteSink out)
      throws Refusal {
    phases.enter("decode");
    rows.clear();
    Answer answer = codec.read(dialect, body, from, length);
    phases.enter("predict");
    predict();
    for (int i = 0; i < rows.count(); i++) {
      count(rows.row(i), rows.scores(i));
    }
    phases.enter("encode");
    answer.write(rows, out);
  }

  Tally predictions() {
    return predictions;
  }

  Tally drift() {
    return drift;
  }

  private void predict() throws Refusal {
    try {
      predictor.predict(rows.values(), rows.scores(), rows.count());
    } catch (UnfitValueException e) {
      throw unfit(e);
    }
    for (int i = 0; i < rows.count(); i++) {
      check(i, rows.scores(i));
    }
  }

  private Refusal unfit(UnfitValueException e) {
    String name = schema.features().get(e.feature()).name();
    return Refusal.at(name, WRONG_TYPE, "'" + name + "' must be " + e.getMessage());
  }

  private void check(int index, double[] scores) throws Refusal {
    for (double score : scores) {
      if (!Double.isFinite(score)) {
        Refusal refusal =
            Refusal.of(NO_PREDICTION, "The values are too far out for the model to predict");
        throw rows.count() > 1 ? refusal.inRow(index) : refusal;
      }
    }
  }

  private void count(double[] row, double[] scores) {
    int best = Predictor.best(scores);
    predictions.add(best, 1);
    drift.add(profile.counterOfPrediction(classes ? best : scores[0]), 1);
    for (int i = 0; i < row.length; i++) {
      drift.add(profile.counterOf(i, row[i]), 1);
    }
  }
}
