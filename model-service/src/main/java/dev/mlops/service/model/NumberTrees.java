package dev.mlops.service.model;

import dev.mlops.service.artifact.Spread;
import java.util.List;
import org.tribuo.Model;
import org.tribuo.ensemble.EnsembleModel;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.rtree.IndependentRegressionTreeModel;

/** A tree or a forest for numbers, as arrays; it adds in Tribuo's order, to the last bit. */
final class NumberTrees implements Predictor {
  private final Columns columns;
  private final List<FlatTree<Double>> trees;
  private final Spread target;

  NumberTrees(Columns columns, List<FlatTree<Double>> trees, Spread target) {
    this.columns = columns;
    this.trees = trees;
    this.target = target;
  }

  static List<FlatTree<Double>> flatten(Model<Regressor> model) {
    List<Model<Regressor>> members =
        model instanceof EnsembleModel<Regressor> forest ? forest.getModels() : List.of(model);
    return members.stream()
        .map(member -> ((IndependentRegressionTreeModel) member).getRoots())
        .map(roots -> roots.values().iterator().next())
        .map(root -> FlatTree.of(root, leaf -> leaf.getOutput().getValues()[0]))
        .toList();
  }

  /** As Tribuo's {@code AveragingCombiner} does it with equal weights; for one tree, itself. */
  @Override
  public void predict(double[] row, double[] scores) {
    double[] values = columns.of(row);
    float weight = 1.0f / trees.size();
    double weights = 0;
    double mean = 0;
    for (FlatTree<Double> tree : trees) {
      weights += weight;
      mean += (weight / weights) * (tree.leaf(values) - mean);
    }
    scores[0] = target.restore(mean);
  }
}
