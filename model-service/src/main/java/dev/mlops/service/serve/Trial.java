package dev.mlops.service.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.service.artifact.GoldenRow;
import dev.mlops.service.artifact.Target;
import dev.mlops.service.json.ByteSink;
import dev.mlops.service.json.Json;
import dev.mlops.service.predict.Dialect;
import dev.mlops.service.predict.Lane;
import dev.mlops.service.predict.Refusal;
import dev.mlops.service.predict.ServedModel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Tries a model before it serves, on the very path that requests take but for the socket. */
final class Trial {
  /**
   * The compiler has begun by then; to wait until it is done would keep the first client waiting.
   */
  private static final int BEFORE_SERVING = 1_000;

  /** The compiler is done by then. */
  private static final int BEFORE_TIMING = 5_000;

  private static final Duration WARM = Duration.ofMillis(200);
  private static final int TIMED = 31;

  private final List<GoldenRow> golden;
  private final Target target;
  private final Lane lane;
  private final double tolerance;
  private final ByteSink answer = new ByteSink();

  Trial(ServedModel model, List<GoldenRow> golden) {
    this.golden = golden;
    this.target = model.schema().target();
    this.lane = model.spareLane();
    this.tolerance = model.tolerance();
  }

  /**
   * Replays the rows that training predicted.
   *
   * @throws StartException if one comes out otherwise
   */
  void replay() {
    for (int i = 0; i < golden.size(); i++) {
      check(i, golden.get(i));
    }
  }

  /** Predicts over and over until the compiler has seen what requests need, or its time is up. */
  void warmUp() {
    warmUp(BEFORE_SERVING);
  }

  /** What the work for one row takes once it is compiled: the median of some. */
  Duration cost() {
    warmUp(BEFORE_TIMING);
    List<byte[]> bodies = bodies();
    long[] nanos = new long[bodies.isEmpty() ? 0 : TIMED];
    for (int i = 0; i < nanos.length; i++) {
      long begin = System.nanoTime();
      answer(i % bodies.size(), bodies.get(i % bodies.size()));
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    return Duration.ofNanos(nanos.length == 0 ? 0 : nanos[nanos.length / 2]);
  }

  private void warmUp(int predictions) {
    List<byte[]> bodies = bodies();
    long end = System.nanoTime() + WARM.toNanos();
    for (int i = 0; i < predictions && !bodies.isEmpty() && System.nanoTime() - end < 0; i++) {
      answer(i, bodies.get(i % bodies.size()));
    }
  }

  private List<byte[]> bodies() {
    return golden.stream().map(Trial::body).toList();
  }

  private void check(int index, GoldenRow row) {
    answer(index, body(row));
    Json json = Json.parse(Arrays.copyOf(answer.array(), answer.length()), "answer");
    for (int i = 0; i < row.scores().size(); i++) {
      double expected = row.scores().get(i);
      double actual = score(json, i);
      if (Math.abs(actual - expected) > tolerance * Math.max(1, Math.abs(expected))) {
        throw new StartException(
            "Golden row %d of the model comes out as %s where training saw %s: this is not the model that was trained"
                .formatted(index, actual, expected));
      }
    }
  }

  private double score(Json json, int index) {
    return switch (target) {
      case Target.Quantity _ -> json.get("prediction").number();
      case Target.Classes(_, List<String> names) ->
          json.get("probabilities").get(names.get(index)).number();
    };
  }

  private void answer(int row, byte[] body) {
    answer.clear();
    try {
      lane.answer(Dialect.Objects.PREDICT, body, 0, body.length, answer);
    } catch (Refusal refusal) {
      throw new StartException(
          "Golden row " + row + " of the model is refused: " + refusal.getMessage());
    }
  }

  private static byte[] body(GoldenRow row) {
    return Json.line(row.input()).getBytes(UTF_8);
  }
}
