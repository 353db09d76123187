package dev.mlops.loadtest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the result of a test that has ended. */
record Verdict(LoadPlan plan, Observer observer, Generator.Findings findings, boolean changed) {

  LoadResult result(Instant started, Optional<String> endedEarly, Path page) {
    Measurement measured = observer.measured();
    Interval total = measured.total();
    return new LoadResult(
        Totals.of(total, measured.seconds()),
        measured.totals(),
        observer.outcomes(),
        endedEarly,
        List.of(),
        new Evidence(
            plan,
            started,
            Evidence.Machine.here(),
            observer.timeline(),
            Evidence.Spectrum.of(total.latency()),
            Evidence.Spectrum.of(total.service()),
            errors(),
            findings.slowest(),
            judge(Measured.of(total, measured.seconds())).checks(),
            observer.sums().excluded().requests(),
            observer.sums().excluded().errors()),
        page);
  }

  private Judge judge(Measured measured) {
    return new Judge(
        plan,
        measured,
        observer.timeline(),
        observer.sums().lag(),
        observer.gauge(),
        findings.lost(),
        changed);
  }

  /** By kind; of several tasks each on its own. */
  private List<ErrorCount> errors() {
    Map<String, ErrorCount> all = new TreeMap<>();
    for (int i = 0; i < findings.errors().size(); i++) {
      String prefix = plan.tasks().size() == 1 ? "" : plan.tasks().get(i).name() + ": ";
      for (ErrorCount error : findings.errors().get(i).values()) {
        String kind = prefix + error.kind();
        all.put(kind, new ErrorCount(kind, error.count(), error.example()));
      }
    }
    List<ErrorCount> sorted = new ArrayList<>(all.values());
    sorted.sort(Comparator.comparingLong(ErrorCount::count).reversed());
    return sorted;
  }
}
