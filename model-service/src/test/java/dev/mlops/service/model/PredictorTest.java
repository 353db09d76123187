package dev.mlops.service.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.artifact.BooleanFeature;
import dev.mlops.service.artifact.CategoryFeature;
import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.GoldenRow;
import dev.mlops.service.artifact.NumberFeature;
import dev.mlops.service.artifact.Schema;
import dev.mlops.service.train.RequestReader;
import dev.mlops.service.train.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tribuo.protos.core.ModelProto;

/** The fast predictors give Tribuo's own answers, to the last bit. */
class PredictorTest {
  private static final int ROWS = 100_000;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "logistic-regression, classification, 1",
    "decision-tree, classification, 1",
    "random-forest, classification, 1",
    "random-forest, classification, 7",
    "linear-regression, regression, 1",
    "decision-tree, regression, 1",
    "random-forest, regression, 1",
    "random-forest, regression, 7"
  })
  void equalsTribuo(String kind, String task, int trees) throws Exception {
    Artifact artifact = artifact(kind, task, trees);
    Schema schema = artifact.schema();
    var tribuo = org.tribuo.Model.deserialize(ModelProto.parseFrom(artifact.model()));
    Predictor reference = Model.reference(tribuo, schema);
    Predictor fast = Model.load(artifact).predictor();
    SplittableRandom random = new SplittableRandom(11);
    double[] expected = new double[schema.target().scores()];
    double[] actual = new double[schema.target().scores()];
    for (GoldenRow golden : artifact.golden()) {
      reference.predict(row(schema, golden), expected);
      assertArrayEquals(expected, golden.scores().stream().mapToDouble(d -> d).toArray());
    }
    for (int i = 0; i < ROWS; i++) {
      double[] row = row(schema, random);
      reference.predict(row, expected);
      fast.predict(row, actual);
      assertArrayEquals(expected, actual);
    }
  }

  @Test
  void takesTheFirstOfTheHighest() {
    assertEquals(1, Predictor.best(new double[] {0.2, 0.4, 0.4}));
    assertEquals(0, Predictor.best(new double[] {0.0}));
  }

  private static double[] row(Schema schema, GoldenRow golden) {
    return schema.features().stream()
        .mapToDouble(feature -> value(feature, golden.input().get(feature.name())))
        .toArray();
  }

  private static double value(Feature feature, Object input) {
    if (input == null) {
      return Double.NaN;
    }
    return switch (feature) {
      case NumberFeature _ -> ((Number) input).doubleValue();
      case CategoryFeature category -> category.categories().indexOf(input);
      case BooleanFeature _ -> (Boolean) input ? 1 : 0;
    };
  }

  /** Values in and far out of range, and missing ones. */
  private static double[] row(Schema schema, SplittableRandom random) {
    return schema.features().stream()
        .mapToDouble(feature -> random.nextInt(10) == 0 ? Double.NaN : value(feature, random))
        .toArray();
  }

  private static double value(Feature feature, SplittableRandom random) {
    return switch (feature) {
      case NumberFeature _ ->
          random.nextInt(50) == 0
              ? random.nextDouble(-1e300, 1e300)
              : random.nextInt(3) == 0 ? random.nextInt(-3, 4) : random.nextDouble(-3, 3);
      case CategoryFeature category -> random.nextInt(category.categories().size());
      case BooleanFeature _ -> random.nextInt(2);
    };
  }

  private Artifact artifact(String kind, String task, int trees) throws Exception {
    SplittableRandom random = new SplittableRandom(2);
    StringBuilder text = new StringBuilder("a,b,colour,flag,y\n");
    for (int i = 0; i < 300; i++) {
      double a = random.nextDouble(-2, 2);
      int b = random.nextInt(-3, 4);
      int colour = random.nextInt(5);
      boolean flag = random.nextBoolean();
      double y = a + b * 0.5 - colour + (flag ? 1 : 0) + random.nextDouble();
      String target =
          task.equals("regression") ? String.valueOf(y) : y < -3 ? "low" : y < 0 ? "mid" : "high";
      text.append(i % 17 == 0 ? "" : a).append(',').append(b).append(",c").append(colour);
      text.append(',').append(flag).append(',').append(target).append('\n');
    }
    Path data = Files.writeString(folder.resolve("data.csv"), text);
    String request =
        """
        {"name": "test", "version": "1", "data": "%s", "target": "y", "task": "%s",
         "algorithm": {"kind": "%s", "epochs": 5, "learningRate": 0.5, "batchSize": 4,
                       "trees": %d, "featureFraction": 0.5, "maxDepth": 12, "minLeaf": 2,
                       "seed": 3},
         "test": {"fraction": 0.2, "folds": 0}}
        """
            .formatted(data, task, kind, trees);
    Path file = Files.writeString(folder.resolve("request.json"), request);
    return new Training(RequestReader.read(file), new Silence()).run();
  }

  private static final class Silence implements Training.Story {
    @Override
    public void progress(String message) {}

    @Override
    public void warning(String message) {}
  }
}
