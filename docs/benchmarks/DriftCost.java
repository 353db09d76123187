import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.drift.DriftProfile;
import dev.mlops.service.telemetry.Tally;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * What counting a row for drift costs by itself, on random rows that fall into every bin: the
 * median of rounds, in nanoseconds a row.
 *
 * <p>Usage: {@code java -cp 'model-service/target/dist/model-service.jar:model-service/target/dist/lib/*'
 * docs/benchmarks/DriftCost.java MODEL_DIR}
 */
final class DriftCost {
  private static final int ROWS = 1 << 16;
  private static final int ROUNDS = 201;

  public static void main(String[] args) {
    var artifact = Artifact.read(Path.of(args[0]));
    var profile = new DriftProfile(artifact.profile(), "prediction");
    var counts = new Tally(profile.counters());
    int features = artifact.profile().features().size();
    double[] values = new Random(1).doubles((long) ROWS * features, 0, 8).toArray();
    double[] nanos = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      count(profile, counts, values, features);
      nanos[round] = (double) (System.nanoTime() - start) / ROWS;
    }
    double[] warm = Arrays.copyOfRange(nanos, ROUNDS / 2, ROUNDS);
    Arrays.sort(warm);
    System.out.printf(
        Locale.ROOT,
        "%d features: %.0f ns a row (%.0f to %.0f)%n",
        features,
        warm[warm.length / 2],
        warm[0],
        warm[warm.length - 1]);
  }

  private static void count(DriftProfile profile, Tally counts, double[] values, int features) {
    for (int row = 0; row < values.length; row += features) {
      counts.add(profile.counterOfPrediction(0), 1);
      for (int i = 0; i < features; i++) {
        counts.add(profile.counterOf(i, values[row + i]), 1);
      }
    }
  }
}
