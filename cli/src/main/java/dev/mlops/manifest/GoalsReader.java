package dev.mlops.manifest;

import dev.mlops.manifest.WorkloadSpec.Goals;
import dev.mlops.manifest.WorkloadSpec.Resources;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Reads what an autoscaler aims at; leaves out what only a cluster can measure. */
record GoalsReader(Resources resources, List<String> notes) {
  private static final int DEFAULT_CPU_PERCENT = 80;

  Goals read(Tree spec) {
    if (spec.at("targetCPUUtilizationPercentage").isPresent()) {
      return cpu(spec.whole("targetCPUUtilizationPercentage", DEFAULT_CPU_PERCENT, 1));
    }
    if (!spec.at("metrics").isPresent()) {
      return cpu(DEFAULT_CPU_PERCENT);
    }
    OptionalInt percent = OptionalInt.empty();
    OptionalDouble requests = OptionalDouble.empty();
    for (Tree metric : spec.at("metrics").items()) {
      if (RequestRate.isMetric(metric.node())) {
        requests = requests(metric.at("pods").at("target"));
      } else if (metric.at("resource").text("name", "").equals("cpu")) {
        percent = percent(metric.at("resource").at("target"));
      } else {
        notes.add("The autoscaler's metric `" + metric.text("type", "?") + "` is left out.");
      }
    }
    return withoutUnmeasured(new Goals(percent, requests));
  }

  private Goals cpu(int percent) {
    return withoutUnmeasured(new Goals(OptionalInt.of(percent), OptionalDouble.empty()));
  }

  /** CPU is counted against a request. */
  private Goals withoutUnmeasured(Goals goals) {
    return resources.cpuRequest().isPresent()
        ? goals
        : new Goals(OptionalInt.empty(), goals.requests());
  }

  private OptionalInt percent(Tree target) {
    return target.at("averageUtilization").isPresent()
        ? OptionalInt.of(target.whole("averageUtilization", DEFAULT_CPU_PERCENT, 1))
        : ofValue(target);
  }

  /** An {@code averageValue} as a share of the request. */
  private OptionalInt ofValue(Tree target) {
    var value = target.quantity("averageValue", Quantity::thousandths);
    long request = resources.cpuRequest().orElse(0);
    return value.isEmpty() || request == 0
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.max(1, value.getAsLong() * 100 / request));
  }

  private static OptionalDouble requests(Tree target) {
    var thousandths = target.quantity("averageValue", Quantity::thousandths);
    return thousandths.isEmpty() || thousandths.getAsLong() <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(thousandths.getAsLong() / 1000.0);
  }
}
