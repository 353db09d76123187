package dev.mlops.service.predict;

import dev.mlops.service.artifact.Bins;
import java.util.List;

/** Into which bin of the training profile a row's value falls. */
final class Binning {
  private final double[] edges;
  private final int values;

  private Binning(double[] edges, int values) {
    this.edges = edges;
    this.values = values;
  }

  /** The bins of the profile in their order, and one more for a value that is not there. */
  static Binning of(Bins bins) {
    return switch (bins) {
      case Bins.Quantiles(List<Double> edges, _) ->
          new Binning(edges.stream().mapToDouble(Double::doubleValue).toArray(), 0);
      case Bins.Values(List<String> values, _) -> new Binning(new double[0], values.size());
    };
  }

  int count() {
    return (values > 0 ? values : edges.length + 1) + 1;
  }

  int binOf(double value) {
    if (Double.isNaN(value)) {
      return count() - 1;
    }
    return values > 0 ? (int) value : edgesUpTo(value);
  }

  private int edgesUpTo(double value) {
    int low = 0;
    int high = edges.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (edges[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
