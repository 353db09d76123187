package dev.mlops.service.drift;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * One column and what was seen of it.
 *
 * @param counts rows in each bin of the reference
 */
record Watched(Reference reference, List<Long> counts) {
  Watched(Reference reference, long[] counts) {
    this(reference, LongStream.of(counts).boxed().toList());
  }

  /** How many rows were seen. */
  long rows() {
    return sum(counts);
  }

  /** Whether a row ever lacked the value, in training or since. */
  boolean mayLack() {
    return counts.getLast() > 0 || reference.trained().getLast() > 0;
  }

  /**
   * @return nothing if there is nothing to compare: no row was trained on, or none seen
   */
  Optional<Drift> drift() {
    return rows() == 0 || sum(reference.trained()) == 0
        ? Optional.empty()
        : Optional.of(Drift.between(reference.trained(), counts, reference.binning().isOrdered()));
  }

  /** As an element of `GET /drift`. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", reference.name());
    json.put("ordered", reference.binning().isOrdered());
    json.put("psi", drift().map(Drift::psi).orElse(null));
    json.put("ks", drift().map(Drift::ks).orElse(null));
    List<Object> bins = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      Map<String, Object> bin = new LinkedHashMap<>();
      bin.put("bin", reference.label(i));
      bin.put("trained", reference.trained().get(i));
      bin.put("seen", counts.get(i));
      bins.add(bin);
    }
    json.put("bins", bins);
    return json;
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
