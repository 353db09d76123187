package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Status.Autoscaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an autoscaler aims at, and how far it is. */
final class ScalingFacts {
  private ScalingFacts() {}

  static void put(ObjectNode json, Autoscaling scaling) {
    json.put("min", scaling.min()).put("max", scaling.max());
    json.put("targetCpuPercent", scaling.targetCpuPercent().orElse(null));
    json.put("currentCpuPercent", scaling.currentCpuPercent().orElse(null));
    scaling
        .requests()
        .ifPresent(requests ->
            json.put("targetRequestsPerSecond", requests.target())
                .put("currentRequestsPerSecond", requests.current().orElse(null)));
  }

  /** Such as "2 to 5 replicas at 60 % CPU, now 12 %; at 50 requests/s each, now 12.5". */
  static String summary(Autoscaling scaling) {
    List<String> goals = new ArrayList<>();
    scaling
        .targetCpuPercent()
        .ifPresent(target ->
            goals.add(
                "at "
                    + target
                    + " % CPU, now "
                    + scaling.currentCpuPercent().map(now -> now + " %").orElse("unknown")));
    scaling
        .requests()
        .ifPresent(requests ->
            goals.add(
                "at "
                    + number(requests.target())
                    + " requests/s each, now "
                    + requests.current().map(ScalingFacts::number).orElse("unknown")));
    return scaling.min() + " to " + scaling.max() + " replicas " + String.join("; ", goals);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
  }
}
