package dev.mlops.service.model;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.tribuo.Output;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;

/**
 * The thresholds of all trees, column by column. A value is above a threshold exactly if it ranks
 * above it: so trees compare whole numbers.
 */
final class Thresholds {
  private final double[][] ascending;

  private Thresholds(double[][] ascending) {
    this.ascending = ascending;
  }

  /**
   * @param columns how many columns the trees may look at
   */
  static <T extends Output<T>> Thresholds of(List<Node<T>> roots, int columns) {
    List<DoubleStream.Builder> all = Stream.generate(DoubleStream::builder).limit(columns).toList();
    roots.forEach(root -> gather(root, all));
    return new Thresholds(
        all.stream()
            .map(column -> column.build().sorted().distinct().toArray())
            .toArray(double[][]::new));
  }

  int columns() {
    return ascending.length;
  }

  /** How many thresholds of a column are below a value. */
  int rank(int column, double value) {
    double[] all = ascending[column];
    int below = 0;
    for (int left = all.length; left > 0; ) {
      int half = (left + 1) / 2;
      below += all[below + half - 1] < value ? half : 0;
      left -= half;
    }
    return below;
  }

  /** No deeper than {@code maxDepth}, which training bounds. */
  private static <T extends Output<T>> void gather(Node<T> node, List<DoubleStream.Builder> all) {
    if (node instanceof SplitNode<T> split) {
      all.get(split.getFeatureID()).add(split.splitValue());
      gather(split.getLessThanOrEqual(), all);
      gather(split.getGreaterThan(), all);
    }
  }
}
