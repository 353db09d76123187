package dev.mlops.service.artifact;

import com.google.protobuf.ByteString;
import dev.mlops.service.model.Encoding;
import dev.mlops.service.model.Model;
import dev.mlops.service.model.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** A small trained model with a feature of each kind and names that need escaping. */
public final class SampleArtifact {
  public static final List<String> CLASSES = List.of("cheap", "dear", "mid \"x\"");

  private static final Spread SPREAD = new Spread(0, 10, 5, 2.5);

  public static final Schema SCHEMA =
      new Schema(
          new Target.Classes("price", CLASSES),
          List.of(
              new NumberFeature("size", SPREAD, false, false),
              new NumberFeature("weight", SPREAD, false, true),
              new CategoryFeature("colour", List.of("blue", "grün", "red"), false),
              new BooleanFeature("sold", false)));

  private SampleArtifact() {}

  /** Writes the folder and returns it. */
  public static Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, ByteString> file : train().files().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue().toByteArray());
    }
    return folder;
  }

  public static Artifact train() {
    var random = new SplittableRandom(1);
    var factory = new LabelFactory();
    var provenance = new SimpleDataSourceProvenance("sample", factory);
    var examples = new ArrayList<org.tribuo.Example<Label>>();
    var encoding = new Encoding(SCHEMA);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double[] row = row(random);
      rows.add(row);
      double price = row[0] + 2 * row[2];
      Label label = new Label(CLASSES.get(price < 5 ? 0 : price > 9 ? 1 : 2));
      examples.add(encoding.denseExample(label, row));
    }
    var data = new MutableDataset<>(new ListDataSource<>(examples, factory, provenance));
    var trained = new LogisticRegressionTrainer().train(data);
    Predictor predictor = new Model(trained, SCHEMA).predictor();
    List<GoldenRow> golden = rows.stream().limit(8).map(row -> golden(row, predictor)).toList();
    return new Artifact(SCHEMA, card(), profile(rows), golden, trained.serialize().toByteString());
  }

  private static double[] row(SplittableRandom random) {
    double weight = random.nextInt(5) == 0 ? Double.NaN : random.nextDouble(10);
    return new double[] {random.nextDouble(10), weight, random.nextInt(3), random.nextInt(2)};
  }

  private static GoldenRow golden(double[] row, Predictor predictor) {
    double[] scores = new double[CLASSES.size()];
    predictor.predict(row, scores);
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("size", row[0]);
    if (!Double.isNaN(row[1])) {
      input.put("weight", row[1]);
    }
    input.put("colour", List.of("blue", "grün", "red").get((int) row[2]));
    input.put("sold", row[3] == 1);
    return new GoldenRow(input, DoubleStream.of(scores).boxed().toList());
  }

  private static Card card() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", "sample");
    document.put("version", "0.1.0");
    document.put("algorithm", Map.of("kind", "logistic-regression"));
    document.put("metrics", Map.of("accuracy", 1.0));
    return new Card("sample", "0.1.0", "logistic-regression", Map.of("accuracy", 1.0), document);
  }

  private static Profile profile(List<double[]> rows) {
    Bins half = new Bins.Quantiles(List.of(5.0), List.of(150L, 150L));
    long missing = rows.stream().filter(row -> Double.isNaN(row[1])).count();
    long rest = rows.size() - missing;
    return new Profile(
        List.of(
            new Profile.Column("size", half, 0),
            new Profile.Column(
                "weight",
                new Bins.Quantiles(List.of(5.0), List.of(rest / 2, rest - rest / 2)),
                missing),
            new Profile.Column(
                "colour",
                new Bins.Values(List.of("blue", "grün", "red"), List.of(100L, 100L, 100L)),
                0),
            new Profile.Column(
                "sold", new Bins.Values(List.of("false", "true"), List.of(150L, 150L)), 0)),
        new Bins.Values(CLASSES, List.of(100L, 100L, 100L)));
  }
}
