package dev.mlops.service.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.ensemble.EnsembleModel;

/** A tree or a forest for classes, as arrays; it adds in Tribuo's order, to the last bit. */
final class ClassTrees implements Predictor {
  private final Ranks ranks;
  private final Forest forest;
  private final Shares shares;
  private final int[] leaves;

  private ClassTrees(Ranks ranks, Forest forest, Shares shares) {
    this.ranks = ranks;
    this.forest = forest;
    this.shares = shares;
    this.leaves = new int[forest.trees()];
  }

  static Supplier<Predictor> of(Model<Label> model, Encoding encoding, List<String> classes) {
    List<Model<Label>> members =
        model instanceof EnsembleModel<Label> ensemble ? ensemble.getModels() : List.of(model);
    List<Node<Label>> roots =
        members.stream().map(member -> ((TreeModel<Label>) member).getRoot()).toList();
    Thresholds thresholds = Thresholds.of(roots, encoding.width());
    Shares.Builder shares = new Shares.Builder(classes, 1.0f / roots.size());
    Forest forest = Forest.of(roots, thresholds, shares::add);
    Shares all = shares.build();
    return () -> new ClassTrees(new Ranks(encoding, thresholds), forest, all);
  }

  /**
   * Of several trees as Tribuo's {@code FullyWeightedVotingCombiner} does it with equal weights.
   */
  @Override
  public void predict(double[] row, double[] scores) {
    forest.find(ranks.of(row), leaves);
    Arrays.fill(scores, 0);
    double sum = 0;
    for (int leaf : leaves) {
      sum = shares.add(leaf, scores, sum);
    }
    if (leaves.length > 1) {
      for (int i = 0; i < scores.length; i++) {
        scores[i] /= sum;
      }
    }
  }

  /** What each leaf gives to which class. */
  private static final class Shares {
    private final int[] ends;
    private final int[] classes;
    private final double[] shares;

    private Shares(int[] ends, int[] classes, double[] shares) {
      this.ends = ends;
      this.classes = classes;
      this.shares = shares;
    }

    /**
     * Adds a leaf's shares to the scores.
     *
     * @param sum of all that was added before
     * @return the sum with them
     */
    double add(int leaf, double[] scores, double sum) {
      double all = sum;
      for (int i = leaf == 0 ? 0 : ends[leaf - 1]; i < ends[leaf]; i++) {
        all += shares[i];
        scores[classes[i]] += shares[i];
      }
      return all;
    }

    static final class Builder {
      private final List<String> names;
      private final float weight;
      private final IntStream.Builder ends = IntStream.builder();
      private final IntStream.Builder classes = IntStream.builder();
      private final DoubleStream.Builder shares = DoubleStream.builder();
      private int end;

      /**
       * @param weight of each tree
       */
      Builder(List<String> names, float weight) {
        this.names = names;
        this.weight = weight;
      }

      /** In the order of Tribuo's map: sums depend on it. */
      void add(LeafNode<Label> leaf) {
        leaf.getDistribution()
            .forEach((name, label) -> {
              classes.add(names.indexOf(name));
              shares.add(weight * label.getScore());
              end++;
            });
        ends.add(end);
      }

      Shares build() {
        return new Shares(
            ends.build().toArray(), classes.build().toArray(), shares.build().toArray());
      }
    }
  }
}
