package dev.mlops.service.drift;

import dev.mlops.service.artifact.Bins;
import java.util.ArrayList;
import java.util.List;

/** Into which bin of the training profile a row's value falls. */
final class Binning {
  private final double[] edges;
  private final int values;
  private final List<String> labels;

  private Binning(double[] edges, int values, List<String> labels) {
    this.edges = edges;
    this.values = values;
    this.labels = labels;
  }

  /** The bins of the profile in their order, and one more for a value that is not there. */
  static Binning of(Bins bins) {
    return switch (bins) {
      case Bins.Quantiles(List<Double> edges, _) ->
          new Binning(
              edges.stream().mapToDouble(Double::doubleValue).toArray(), 0, intervals(edges));
      case Bins.Values(List<String> values, _) -> new Binning(new double[0], values.size(), values);
    };
  }

  int count() {
    return (values > 0 ? values : edges.length + 1) + 1;
  }

  /** Whether one bin is below the next: so with numbers, not with words. */
  boolean isOrdered() {
    return values == 0;
  }

  /** A name for each bin but the one for what is not there. */
  List<String> labels() {
    return labels;
  }

  int binOf(double value) {
    if (Double.isNaN(value)) {
      return count() - 1;
    }
    return values > 0 ? (int) value : edgesUpTo(value);
  }

  /**
   * Looks at each of the few edges, without a branch: of a binary search's, the CPU guesses half
   * wrong.
   */
  private int edgesUpTo(double value) {
    int below = 0;
    for (double edge : edges) {
      below += edge <= value ? 1 : 0;
    }
    return below;
  }

  private static List<String> intervals(List<Double> edges) {
    if (edges.isEmpty()) {
      return List.of("any");
    }
    List<String> labels = new ArrayList<>();
    labels.add("<" + edges.getFirst());
    for (int i = 1; i < edges.size(); i++) {
      labels.add("[" + edges.get(i - 1) + "," + edges.get(i) + ")");
    }
    labels.add(">=" + edges.getLast());
    return labels;
  }
}
