package dev.mlops.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.WorkloadSpec.Autoscaling;
import dev.mlops.manifest.WorkloadSpec.Goals;
import dev.mlops.manifest.WorkloadSpec.Resources;
import java.util.List;
import java.util.Optional;

/** Reads the HorizontalPodAutoscaler (autoscaling/v1 and v2) that scales the Deployment. */
record AutoscalingReader(List<ObjectNode> manifests, List<String> problems, List<String> notes) {
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
    Goals goals = new GoalsReader(resources, notes).read(spec);
    if (goals.isEmpty()) {
      notes.add(
          "The autoscaler is left out: here it scales by the CPU request or by requests per second.");
      return Optional.empty();
    }
    Tree behavior = spec.at("behavior");
    noteLeftOut(behavior);
    return Optional.of(
        new Autoscaling(
            min,
            max,
            goals,
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
}
