package dev.mlops.service.drift;

import dev.mlops.service.artifact.Profile;
import dev.mlops.service.telemetry.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The columns that are watched, the prediction as the last, laid out as one row of counters. */
public final class DriftProfile {
  private final List<Reference> references = new ArrayList<>();
  private final Binning[] binnings;
  private final int[] offsets;

  /**
   * @param prediction name of what is predicted
   */
  public DriftProfile(Profile profile, String prediction) {
    for (Profile.Column column : profile.features()) {
      references.add(Reference.of(column.name(), column.bins(), column.missing()));
    }
    references.add(Reference.of(prediction, profile.prediction(), 0));
    binnings = references.stream().map(Reference::binning).toArray(Binning[]::new);
    offsets = new int[binnings.length + 1];
    for (int i = 0; i < binnings.length; i++) {
      offsets[i + 1] = offsets[i] + binnings[i].count();
    }
  }

  /** How many counters a thread needs. */
  public int counters() {
    return offsets[binnings.length];
  }

  /** The counter that a feature's value adds to. */
  public int counterOf(int feature, double value) {
    return offsets[feature] + binnings[feature].binOf(value);
  }

  /**
   * The counter that a prediction adds to.
   *
   * @param value the index of the class, or the number
   */
  public int counterOfPrediction(double value) {
    return counterOf(binnings.length - 1, value);
  }

  /** Every column with what threads have counted of it, the prediction as the last. */
  List<Watched> watched(List<Tally> tallies) {
    long[] counts = Tally.sum(tallies, counters());
    return IntStream.range(0, binnings.length)
        .mapToObj(i ->
            new Watched(references.get(i), Arrays.copyOfRange(counts, offsets[i], offsets[i + 1])))
        .toList();
  }
}
