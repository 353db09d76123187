package dev.mlops.service.drift;

import dev.mlops.service.artifact.Bins;
import java.util.ArrayList;
import java.util.List;

/**
 * How the training rows of one column were distributed.
 *
 * @param trained rows in each bin, at last those that lack the value
 */
record Reference(String name, Binning binning, List<Long> trained) {
  private static final String MISSING = "(missing)";

  Reference {
    trained = List.copyOf(trained);
  }

  static Reference of(String name, Bins bins, long missing) {
    List<Long> trained = new ArrayList<>(bins.counts());
    trained.add(missing);
    return new Reference(name, Binning.of(bins), trained);
  }

  /** A name for a bin, unlike that of any other of this column. */
  String label(int bin) {
    return bin < trained.size() - 1 ? binning.labels().get(bin) : MISSING;
  }
}
