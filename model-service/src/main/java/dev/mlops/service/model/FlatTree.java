package dev.mlops.service.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tribuo.Output;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;

/**
 * A tree as arrays: a node is an index, its children are two more, and a leaf is the complement of
 * an index into the leaves.
 *
 * @param <L> what a leaf holds
 */
final class FlatTree<L> {
  private final int[] column;
  private final double[] threshold;
  private final int[] below;
  private final int[] above;
  private final List<L> leaves;
  private final int root;

  private FlatTree(Growing<?, L> growing, int root) {
    column = growing.column.stream().mapToInt(Integer::intValue).toArray();
    threshold = growing.threshold.stream().mapToDouble(Double::doubleValue).toArray();
    below = growing.below.stream().mapToInt(Integer::intValue).toArray();
    above = growing.above.stream().mapToInt(Integer::intValue).toArray();
    leaves = List.copyOf(growing.leaves);
    this.root = root;
  }

  static <T extends Output<T>, L> FlatTree<L> of(Node<T> root, Function<LeafNode<T>, L> leaf) {
    Growing<T, L> growing = new Growing<>(leaf);
    return new FlatTree<>(growing, growing.add(root));
  }

  /**
   * @param columns a value for every column that the model sees
   */
  L leaf(double[] columns) {
    int node = root;
    while (node >= 0) {
      node = columns[column[node]] > threshold[node] ? above[node] : below[node];
    }
    return leaves.get(~node);
  }

  private static final class Growing<T extends Output<T>, L> {
    private final Function<LeafNode<T>, L> leaf;
    private final List<Integer> column = new ArrayList<>();
    private final List<Double> threshold = new ArrayList<>();
    private final List<Integer> below = new ArrayList<>();
    private final List<Integer> above = new ArrayList<>();
    private final List<L> leaves = new ArrayList<>();

    Growing(Function<LeafNode<T>, L> leaf) {
      this.leaf = leaf;
    }

    /** No deeper than {@code maxDepth}, which training bounds. */
    int add(Node<T> node) {
      if (node instanceof LeafNode<T> end) {
        leaves.add(leaf.apply(end));
        return ~(leaves.size() - 1);
      }
      SplitNode<T> split = (SplitNode<T>) node;
      int index = column.size();
      column.add(split.getFeatureID());
      threshold.add(split.splitValue());
      below.add(0);
      above.add(0);
      below.set(index, add(split.getLessThanOrEqual()));
      above.set(index, add(split.getGreaterThan()));
      return index;
    }
  }
}
