package dev.mlops.service.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.classification.Label;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;

/** A forest of arrays leads to the leaves that the trees themselves lead to. */
class ForestTest {
  private static final int COLUMNS = 3;
  private static final int ROWS = 2_000;

  /** Values that compare in surprising ways, or hardly differ. */
  private static final double[] PLACES = {
    Double.NEGATIVE_INFINITY,
    -Double.MAX_VALUE,
    -1,
    -Double.MIN_VALUE,
    -0.0,
    0.0,
    Double.MIN_VALUE,
    Math.nextDown(1.0),
    1,
    Math.nextUp(1.0),
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY
  };

  private final SplittableRandom random = new SplittableRandom(5);

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 8, 23})
  void findsTheLeavesOfItsTrees(int trees) {
    List<Node<Label>> roots = Stream.generate(() -> tree(9)).limit(trees).toList();
    Thresholds thresholds = Thresholds.of(roots, COLUMNS);
    List<LeafNode<Label>> leaves = new ArrayList<>();
    Forest forest = Forest.of(roots, thresholds, leaves::add);
    int[] found = new int[trees];
    for (int i = 0; i < ROWS; i++) {
      double[] row = random.doubles(COLUMNS).map(_ -> value()).toArray();
      forest.find(
          IntStream.range(0, COLUMNS).map(column -> thresholds.rank(column, row[column])).toArray(),
          found);
      assertArrayEquals(
          roots.stream().mapToInt(root -> leaves.indexOf(leaf(root, row))).toArray(), found);
    }
  }

  private static Node<Label> leaf(Node<Label> root, double[] row) {
    Node<Label> node = root;
    while (node instanceof SplitNode<Label> split) {
      boolean above = row[split.getFeatureID()] > split.splitValue();
      node = above ? split.getGreaterThan() : split.getLessThanOrEqual();
    }
    return node;
  }

  /** As deep as that, or not even a split. */
  private Node<Label> tree(int depth) {
    if (depth == 0 || random.nextInt(6) == 0) {
      Label label = new Label("leaf " + random.nextLong());
      return new LeafNode<>(0, label, Map.of(label.getLabel(), label), false);
    }
    return new SplitNode<>(value(), random.nextInt(COLUMNS), 0, tree(depth - 1), tree(depth - 1));
  }

  private double value() {
    return random.nextBoolean() ? PLACES[random.nextInt(PLACES.length)] : random.nextDouble(-2, 2);
  }
}
