package dev.mlops.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.WorkloadSpec.Autoscaling;
import dev.mlops.manifest.WorkloadSpec.Resources;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the HorizontalPodAutoscaler (autoscaling/v1 and v2) that scales the Deployment. */
record AutoscalingReader(List<ObjectNode> manifests, List<String> problems, List<String> notes) {
  private static final int DEFAULT_CPU_PERCENT = 80;
  private static final int DEFAULT_DOWN_SECONDS = 300;

  Optional<Autoscaling> read(String deployment, Resources resources) {
    return manifests.stream()
        .filter(object -> object.path("kind").asText().equals("HorizontalPodAutoscaler"))
        .filter(object -> object.at("/spec/scaleTargetRef/name").asText().equals(deployment))
        .findFirst()
        .flatMap(object -> autoscaling(object, resources));
  }

  private Optional<Autoscaling> autoscaling(ObjectNode object, Resources resources) {
    String title = Changes.title(object);
    var spec = new Tree(object.path("spec"), title + ": spec", problems);
    int min = spec.whole("minReplicas", 1, 1);
    int max = spec.whole("maxReplicas", 0, 1);
    if (max < min) {
      problems.add(spec.path() + ": maxReplicas must not be below minReplicas, " + min);
    }
    OptionalInt percent = cpuPercent(spec, resources);
    if (percent.isEmpty() || resources.cpuRequest().isEmpty()) {
      notes.add("The autoscaler is left out: it scales by the CPU request only.");
      return Optional.empty();
    }
    Tree behavior = spec.at("behavior");
    noteLeftOut(behavior);
    return Optional.of(
        new Autoscaling(
            min,
            max,
            percent.getAsInt(),
            behavior.at("scaleUp").whole("stabilizationWindowSeconds", 0, 0),
            behavior.at("scaleDown").whole("stabilizationWindowSeconds", DEFAULT_DOWN_SECONDS, 0)));
  }

  private void noteLeftOut(Tree behavior) {
    for (String direction : List.of("scaleUp", "scaleDown")) {
      Tree rules = behavior.at(direction);
      if (rules.at("policies").isPresent() || rules.at("selectPolicy").isPresent()) {
        notes.add("The autoscaler's " + direction + " policies are left out.");
      }
    }
  }

  private OptionalInt cpuPercent(Tree spec, Resources resources) {
    if (spec.at("targetCPUUtilizationPercentage").isPresent()) {
      return OptionalInt.of(spec.whole("targetCPUUtilizationPercentage", DEFAULT_CPU_PERCENT, 1));
    }
    if (!spec.at("metrics").isPresent()) {
      return OptionalInt.of(DEFAULT_CPU_PERCENT);
    }
    OptionalInt percent = OptionalInt.empty();
    for (Tree metric : spec.at("metrics").items()) {
      Tree target = metric.at("resource").at("target");
      if (!metric.at("resource").text("name", "").equals("cpu")) {
        notes.add("The autoscaler's metric `" + metric.text("type", "?") + "` is left out.");
      } else if (target.at("averageUtilization").isPresent()) {
        percent = OptionalInt.of(target.whole("averageUtilization", DEFAULT_CPU_PERCENT, 1));
      } else {
        percent = ofValue(target, resources);
      }
    }
    return percent;
  }

  /** An {@code averageValue} as a share of the request. */
  private static OptionalInt ofValue(Tree target, Resources resources) {
    var value = target.quantity("averageValue", Quantity::thousandths);
    long request = resources.cpuRequest().orElse(0);
    return value.isEmpty() || request == 0
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.max(1, value.getAsLong() * 100 / request));
  }
}
