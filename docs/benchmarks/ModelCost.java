import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.artifact.BooleanFeature;
import dev.mlops.service.artifact.CategoryFeature;
import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.NumberFeature;
import dev.mlops.service.model.Model;
import dev.mlops.service.model.Predictor;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What the model alone takes for a row: the median of rounds over random rows, in nanoseconds of
 * CPU time.
 *
 * <p>Usage: {@code java -cp 'model-service/target/dist/model-service.jar:model-service/target/dist/lib/*'
 * docs/benchmarks/ModelCost.java MODEL_DIR}
 */
final class ModelCost {
  private static final int ROWS = 1 << 12;
  private static final int ROUNDS = 61;

  public static void main(String[] args) {
    Artifact artifact = Artifact.read(Path.of(args[0]));
    Predictor predictor = Model.load(artifact).predictor();
    double[] scores = new double[artifact.schema().target().scores()];
    double[][] rows = rows(artifact);
    double[] nanos = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (double[] row : rows) {
        predictor.predict(row, scores);
      }
      long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      nanos[round] = (double) (end - start) / ROWS;
    }
    double[] warm = Arrays.copyOfRange(nanos, ROUNDS / 2, ROUNDS);
    Arrays.sort(warm);
    System.out.printf(
        Locale.ROOT,
        "%.0f ns a row (%.0f to %.0f)%n",
        warm[warm.length / 2],
        warm[0],
        warm[warm.length - 1]);
  }

  private static double[][] rows(Artifact artifact) {
    SplittableRandom random = new SplittableRandom(1);
    double[][] rows = new double[ROWS][];
    Arrays.setAll(
        rows,
        _ ->
            artifact.schema().features().stream()
                .mapToDouble(feature -> value(feature, random))
                .toArray());
    return rows;
  }

  /** Numbers as far apart as a feature's were in training. */
  private static double value(Feature feature, SplittableRandom random) {
    return switch (feature) {
      case NumberFeature number -> number.spread().restore(random.nextGaussian());
      case CategoryFeature category -> random.nextInt(category.categories().size());
      case BooleanFeature _ -> random.nextInt(2);
    };
  }
}
