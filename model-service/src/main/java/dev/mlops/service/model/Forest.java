package dev.mlops.service.model;

import java.util.List;
import java.util.function.Consumer;
import org.tribuo.Output;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;

/**
 * One tree or many in one array. Four are walked side by side, and without a branch that the CPU
 * would have to guess: it waits for the memory of four nodes at once.
 */
final class Forest {
  /** A node is four numbers: the column that it looks at, */
  private static final int COLUMN = 0;

  /** the highest rank that goes to the child below, */
  private static final int RANK = 1;

  /** where that child is, right behind which the one above is; a leaf is its own child; */
  private static final int BELOW = 2;

  /** and the number of the leaf. */
  private static final int LEAF = 3;

  private static final int SIZE = 4;
  private static final int NO_LEAF = -1;

  private final int[] nodes;
  private final int[] roots;

  private Forest(int[] nodes, int[] roots) {
    this.nodes = nodes;
    this.roots = roots;
  }

  /**
   * @param thresholds those of the same trees
   * @param leaf hears of every leaf, in the order of their numbers
   */
  static <T extends Output<T>> Forest of(
      List<Node<T>> roots, Thresholds thresholds, Consumer<LeafNode<T>> leaf) {
    int[] nodes = new int[Math.multiplyExact(SIZE, roots.stream().mapToInt(Forest::count).sum())];
    Planter<T> planter = new Planter<>(nodes, thresholds, leaf);
    return new Forest(nodes, roots.stream().mapToInt(planter::plant).toArray());
  }

  int trees() {
    return roots.length;
  }

  /**
   * Finds the leaf of each tree.
   *
   * @param ranks of the row's values among the thresholds
   * @param leaves receives the leaves' numbers
   */
  void find(int[] ranks, int[] leaves) {
    int tree = 0;
    for (; tree + 3 < roots.length; tree += 4) {
      findFour(tree, ranks, leaves);
    }
    for (; tree < roots.length; tree++) {
      int node = roots[tree];
      while (nodes[node + LEAF] < 0) {
        node = next(node, ranks);
      }
      leaves[tree] = nodes[node + LEAF];
    }
  }

  private void findFour(int tree, int[] ranks, int[] leaves) {
    int a = roots[tree];
    int b = roots[tree + 1];
    int c = roots[tree + 2];
    int d = roots[tree + 3];
    // Negative as long as one of them is at no leaf; the others stay where they are.
    while ((nodes[a + LEAF] | nodes[b + LEAF] | nodes[c + LEAF] | nodes[d + LEAF]) < 0) {
      a = next(a, ranks);
      b = next(b, ranks);
      c = next(c, ranks);
      d = next(d, ranks);
    }
    leaves[tree] = nodes[a + LEAF];
    leaves[tree + 1] = nodes[b + LEAF];
    leaves[tree + 2] = nodes[c + LEAF];
    leaves[tree + 3] = nodes[d + LEAF];
  }

  private int next(int node, int[] ranks) {
    // All bits are set if the value ranks above the threshold, and none if it does not.
    int above = (nodes[node + RANK] - ranks[nodes[node + COLUMN]]) >> 31;
    return nodes[node + BELOW] + (above & SIZE);
  }

  private static <T extends Output<T>> int count(Node<T> node) {
    return node instanceof SplitNode<T> split
        ? 1 + count(split.getLessThanOrEqual()) + count(split.getGreaterThan())
        : 1;
  }

  /** Writes trees into the array, one behind the other. */
  private static final class Planter<T extends Output<T>> {
    private final int[] nodes;
    private final Thresholds thresholds;
    private final Consumer<LeafNode<T>> leaf;
    private int free;
    private int leaves;

    Planter(int[] nodes, Thresholds thresholds, Consumer<LeafNode<T>> leaf) {
      this.nodes = nodes;
      this.thresholds = thresholds;
      this.leaf = leaf;
    }

    /** Where its root is. */
    int plant(Node<T> root) {
      int at = room(1);
      write(root, at);
      return at;
    }

    private int room(int count) {
      int at = free;
      free += count * SIZE;
      return at;
    }

    private void write(Node<T> node, int at) {
      if (node instanceof LeafNode<T> end) {
        leaf.accept(end);
        set(at, 0, Integer.MAX_VALUE, at);
        nodes[at + LEAF] = leaves++;
        return;
      }
      SplitNode<T> split = (SplitNode<T>) node;
      int column = split.getFeatureID();
      int below = room(2);
      set(at, column, thresholds.rank(column, split.splitValue()), below);
      nodes[at + LEAF] = NO_LEAF;
      write(split.getLessThanOrEqual(), below);
      write(split.getGreaterThan(), below + SIZE);
    }

    private void set(int at, int column, int rank, int below) {
      nodes[at + COLUMN] = column;
      nodes[at + RANK] = rank;
      nodes[at + BELOW] = below;
    }
  }
}
