package dev.mlops.service.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.ensemble.EnsembleModel;

/** A tree or a forest for classes, as arrays; it adds in Tribuo's order, to the last bit. */
final class ClassTrees implements Predictor {
  private final Columns columns;
  private final List<FlatTree<double[][]>> trees;

  ClassTrees(Columns columns, List<FlatTree<double[][]>> trees) {
    this.columns = columns;
    this.trees = trees;
  }

  static List<FlatTree<double[][]>> flatten(Model<Label> model, List<String> classes) {
    List<Model<Label>> members =
        model instanceof EnsembleModel<Label> forest ? forest.getModels() : List.of(model);
    return members.stream()
        .map(member -> ((TreeModel<Label>) member).getRoot())
        .map(root -> FlatTree.of(root, leaf -> shares(leaf, classes)))
        .toList();
  }

  @Override
  public void predict(double[] row, double[] scores) {
    double[] values = columns.of(row);
    Arrays.fill(scores, 0);
    if (trees.size() == 1) {
      double[][] shares = trees.getFirst().leaf(values);
      for (int i = 0; i < shares[0].length; i++) {
        scores[(int) shares[0][i]] = shares[1][i];
      }
      return;
    }
    combine(values, scores);
  }

  /** As Tribuo's {@code FullyWeightedVotingCombiner} does it with equal weights. */
  private void combine(double[] values, double[] scores) {
    float weight = 1.0f / trees.size();
    double sum = 0;
    for (FlatTree<double[][]> tree : trees) {
      double[][] shares = tree.leaf(values);
      for (int i = 0; i < shares[0].length; i++) {
        double share = weight * shares[1][i];
        sum += share;
        scores[(int) shares[0][i]] += share;
      }
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= sum;
    }
  }

  /**
   * The indexes of the classes and their shares, in the order of Tribuo's map: sums depend on it.
   */
  private static double[][] shares(LeafNode<Label> leaf, List<String> classes) {
    Map<String, Label> distribution = leaf.getDistribution();
    return new double[][] {
      distribution.keySet().stream().mapToDouble(classes::indexOf).toArray(),
      distribution.values().stream().mapToDouble(Label::getScore).toArray()
    };
  }
}
