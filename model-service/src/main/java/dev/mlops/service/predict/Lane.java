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
import java.util.Optional;

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
  private final Identity identity;
  private Answer answer;
  private Optional<Throwable> failure = Optional.empty();

  Lane(Schema schema, Identity identity, Predictor predictor, DriftProfile profile) {
    this(
        schema,
        identity,
        predictor,
        profile,
        new Tally(schema.target().scores()),
        new Tally(profile.counters()));
  }

  private Lane(
      Schema schema,
      Identity identity,
      Predictor predictor,
      DriftProfile profile,
      Tally predictions,
      Tally drift) {
    this.schema = schema;
    this.identity = identity;
    this.rows = new Rows(schema);
    this.codec = new Codec(schema, identity, rows);
    this.predictor = predictor;
    this.profile = profile;
    this.predictions = predictions;
    this.drift = drift;
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
    decode(dialect, body, from, length, phases);
    phases.enter("predict");
    predictWith(predictor);
    finish(phases, out);
  }

  /** The first part: reads the rows, which then wait for their prediction. */
  public void decode(Dialect dialect, byte[] body, int from, int length, Phases phases)
      throws Refusal {
    phases.enter("decode");
    rows.clear();
    answer = codec.read(dialect, body, from, length);
  }

  /** The last part: writes the answer. */
  public void finish(Phases phases, ByteSink out) throws Refusal {
    if (failure.isPresent()) {
      throw failed(failure.get());
    }
    for (int i = 0; i < rows.count(); i++) {
      check(i, rows.scores(i));
    }
    for (int i = 0; i < rows.count(); i++) {
      count(rows.row(i), rows.scores(i));
    }
    phases.enter("encode");
    answer.write(rows, out);
  }

  /** Another one of the same thread, for a request that comes while this one waits. */
  Lane twin() {
    return new Lane(schema, identity, predictor, profile, predictions, drift);
  }

  /** What waits for its prediction. */
  Rows rows() {
    return rows;
  }

  /** The middle part; whatever goes wrong is told by {@link #finish}. */
  void predictWith(Predictor other) {
    try {
      other.predict(rows.values(), rows.scores(), rows.count());
      failure = Optional.empty();
    } catch (RuntimeException | Error e) {
      failure = Optional.of(e);
    }
  }

  /** The middle part is done by somebody else. */
  void predicted() {
    failure = Optional.empty();
  }

  Tally predictions() {
    return predictions;
  }

  Tally drift() {
    return drift;
  }

  private Refusal failed(Throwable cause) {
    return switch (cause) {
      case UnfitValueException unfit -> {
        String name = schema.features().get(unfit.feature()).name();
        yield Refusal.at(name, WRONG_TYPE, "'" + name + "' must be " + unfit.getMessage());
      }
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(cause);
    };
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
