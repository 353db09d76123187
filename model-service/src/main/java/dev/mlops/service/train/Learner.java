package dev.mlops.service.train;

import dev.mlops.service.artifact.Schema;
import dev.mlops.service.artifact.Spread;
import dev.mlops.service.artifact.Target;
import dev.mlops.service.data.Table;
import dev.mlops.service.model.Encoding;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.dataset.DatasetView;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/** Has Tribuo learn a model from some rows of a table. */
final class Learner {
  private static final OffsetDateTime NO_TIME =
      OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private final Table table;
  private final Schema schema;
  private final Algorithm algorithm;

  Learner(Table table, Schema schema, Algorithm algorithm) {
    this.table = table;
    this.schema = schema;
    this.algorithm = algorithm;
  }

  Model<?> learn(int[] rows) {
    return switch (schema.target()) {
      case Target.Classes(_, List<String> names) -> {
        LabelFactory factory = new LabelFactory();
        var data = dataset(rows, factory, row -> new Label(names.get((int) table.target(row))));
        yield Trainers.forClasses(algorithm, data.getFeatureIDMap().size()).apply(data);
      }
      case Target.Quantity(String name, Spread spread) -> {
        RegressionFactory factory = new RegressionFactory();
        var data =
            dataset(
                rows, factory, row -> new Regressor(name, spread.standardise(table.target(row))));
        yield Trainers.forNumbers(algorithm, data.getFeatureIDMap().size()).apply(data);
      }
    };
  }

  private <T extends Output<T>> Dataset<T> dataset(
      int[] rows, OutputFactory<T> factory, IntFunction<T> output) {
    Encoding encoding = new Encoding(schema);
    var source = new SimpleDataSourceProvenance("rows of a table", NO_TIME, factory);
    MutableDataset<T> dataset = new MutableDataset<>(source, factory);
    double[] values = new double[table.width()];
    table.copyRow(rows[0], values);
    dataset.add(encoding.denseExample(output.apply(rows[0]), values));
    for (int row : rows) {
      table.copyRow(row, values);
      dataset.add(encoding.example(output.apply(row), values));
    }
    // The first example made all columns known. It is not learnt from: Tribuo's batches can't mix
    // examples that spell out all columns with others.
    var view = new DatasetView<>(dataset, IntStream.rangeClosed(1, rows.length).toArray(), "rows");
    view.setStoreIndices(false);
    return view;
  }
}
