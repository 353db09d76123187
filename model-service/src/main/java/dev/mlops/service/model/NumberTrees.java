package dev.mlops.service.model;

import dev.mlops.service.artifact.Spread;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.tribuo.Model;
import org.tribuo.common.tree.Node;
import org.tribuo.ensemble.EnsembleModel;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.rtree.IndependentRegressionTreeModel;

/** A tree or a forest for numbers, as arrays; it adds in Tribuo's order, to the last bit. */
final class NumberTrees implements Predictor {
  private final Ranks ranks;
  private final Forest forest;
  private final double[] values;
  private final Spread target;
  private final int[] leaves;

  private NumberTrees(Ranks ranks, Forest forest, double[] values, Spread target) {
    this.ranks = ranks;
    this.forest = forest;
    this.values = values;
    this.target = target;
    this.leaves = new int[forest.trees()];
  }

  static Supplier<Predictor> of(Model<Regressor> model, Encoding encoding, Spread target) {
    List<Model<Regressor>> members =
        model instanceof EnsembleModel<Regressor> ensemble ? ensemble.getModels() : List.of(model);
    List<Node<Regressor>> roots =
        members.stream()
            .map(member -> ((IndependentRegressionTreeModel) member).getRoots())
            .map(ofTargets -> ofTargets.values().iterator().next())
            .toList();
    Thresholds thresholds = Thresholds.of(roots, encoding.width());
    DoubleStream.Builder values = DoubleStream.builder();
    Forest forest =
        Forest.of(roots, thresholds, leaf -> values.add(leaf.getOutput().getValues()[0]));
    double[] all = values.build().toArray();
    return () -> new NumberTrees(new Ranks(encoding, thresholds), forest, all, target);
  }

  /** As Tribuo's {@code AveragingCombiner} does it with equal weights; for one tree, itself. */
  @Override
  public void predict(double[] row, double[] scores) {
    forest.find(ranks.of(row), leaves);
    float weight = 1.0f / leaves.length;
    double weights = 0;
    double mean = 0;
    for (int leaf : leaves) {
      weights += weight;
      mean += (weight / weights) * (values[leaf] - mean);
    }
    scores[0] = target.restore(mean);
  }
}
