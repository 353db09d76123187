package dev.mlops.service.predict;

import dev.mlops.service.artifact.Profile;
import java.util.List;

/** The training rows' distribution, feature by feature, laid out as one row of counters. */
final class DriftProfile {
  // Where one side has no row in a bin, the index would be infinite; the field's usual floor.
  private static final double FLOOR = 1e-4;

  private final List<Profile.Column> columns;
  private final Binning[] binnings;
  private final int[] offsets;

  DriftProfile(Profile profile) {
    columns = profile.features();
    binnings = columns.stream().map(column -> Binning.of(column.bins())).toArray(Binning[]::new);
    offsets = new int[binnings.length + 1];
    for (int i = 0; i < binnings.length; i++) {
      offsets[i + 1] = offsets[i] + binnings[i].count();
    }
  }

  int features() {
    return binnings.length;
  }

  String name(int feature) {
    return columns.get(feature).name();
  }

  /** How many counters a lane needs. */
  int counters() {
    return offsets[binnings.length];
  }

  /** The counter that a feature's value adds to. */
  int counterOf(int feature, double value) {
    return offsets[feature] + binnings[feature].binOf(value);
  }

  /**
   * The population stability index of a feature: 0 where it is distributed as in training, by habit
   * noteworthy from 0.1 and serious from 0.25.
   *
   * @param counts of the rows seen, as {@link #counterOf} laid them out
   */
  double stabilityIndex(int feature, long[] counts) {
    Profile.Column column = columns.get(feature);
    List<Long> trained = column.bins().counts();
    double trainedRows = column.missing();
    for (long count : trained) {
      trainedRows += count;
    }
    double rows = 0;
    for (int i = offsets[feature]; i < offsets[feature + 1]; i++) {
      rows += counts[i];
    }
    double index = 0;
    for (int bin = 0; bin < binnings[feature].count(); bin++) {
      long then = bin < trained.size() ? trained.get(bin) : column.missing();
      double expected = Math.max(FLOOR, then / Math.max(1, trainedRows));
      double actual = Math.max(FLOOR, counts[offsets[feature] + bin] / Math.max(1, rows));
      index += (actual - expected) * Math.log(actual / expected);
    }
    return index;
  }
}
