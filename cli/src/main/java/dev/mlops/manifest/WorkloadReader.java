package dev.mlops.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.WorkloadSpec.Arguments;
import dev.mlops.manifest.WorkloadSpec.Container;
import dev.mlops.manifest.WorkloadSpec.Resources;
import dev.mlops.manifest.WorkloadSpec.Rollout;
import dev.mlops.manifest.WorkloadSpec.Scale;
import dev.mlops.manifest.WorkloadSpec.Share;
import dev.mlops.problem.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads a {@link WorkloadSpec} out of the objects. */
final class WorkloadReader {
  private static final int DEFAULT_GRACE_SECONDS = 30;
  private static final int DEFAULT_DEADLINE_SECONDS = 600;

  private final List<ObjectNode> manifests;
  private final List<String> imageNames;
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  WorkloadReader(List<ObjectNode> manifests, List<String> imageNames) {
    this.manifests = manifests;
    this.imageNames = imageNames;
  }

  WorkloadSpec read() {
    ObjectNode object = deployment();
    String name = object.at("/metadata/name").asText();
    var deployment = new Tree(object.path("spec"), "Deployment " + name + ": spec", problems);
    Tree pod = deployment.at("template").at("spec");
    Tree ours = ours(pod);
    noteLeftOut(pod, ours);
    Container container = container(ours);
    var scale = scale(deployment, name, container.resources());
    var spec = new WorkloadSpec(name, scale, container, rollout(deployment, pod), notes);
    if (!problems.isEmpty()) {
      throw Code.MANIFEST_VALUE.problem(
          String.join("\n", problems), "", "Correct the values named above in the manifests.");
    }
    return spec;
  }

  private ObjectNode deployment() {
    return manifests.stream()
        .filter(object -> object.path("kind").asText().equals("Deployment"))
        .filter(object -> Containers.of(object).anyMatch(this::isOurs))
        .findFirst()
        .orElseThrow(() -> Manifests.noContainer(manifests, imageNames.getFirst()));
  }

  private Tree ours(Tree pod) {
    return pod.at("containers").items().stream()
        .filter(container -> isOurs(container.node()))
        .findFirst()
        .orElseThrow(() -> Manifests.noContainer(manifests, imageNames.getFirst()));
  }

  private boolean isOurs(JsonNode container) {
    return imageNames.stream().anyMatch(name -> Containers.names(container, name));
  }

  private void noteLeftOut(Tree pod, Tree ours) {
    for (Tree container : pod.at("containers").items()) {
      if (!container.node().equals(ours.node())) {
        notes.add("The container `" + container.text("name", "") + "` is left out.");
      }
    }
    for (Tree container : pod.at("initContainers").items()) {
      notes.add("The init container `" + container.text("name", "") + "` is left out.");
    }
    if (ours.at("envFrom").isPresent()) {
      notes.add("`envFrom` is left out: only plain values of `env` are set.");
    }
    for (String hook : List.of("postStart", "preStop")) {
      Tree lifecycle = ours.at("lifecycle").at(hook);
      if (lifecycle.isPresent() && !lifecycle.at("sleep").isPresent()) {
        notes.add("The lifecycle hook `" + hook + "` is left out.");
      }
    }
  }

  private Container container(Tree container) {
    Tree ports = container.at("ports");
    int port =
        ports.items().stream()
            .findFirst()
            .map(first -> first.whole("containerPort", 0, 1))
            .orElse(0);
    if (port == 0) {
      problems.add(ports.path() + ": the container names no containerPort");
    }
    return new Container(
        port,
        new Arguments(container.texts("command"), container.texts("args")),
        env(container),
        new ProbeReader(port, ports.items(), notes).probes(container),
        resources(container.at("resources")));
  }

  private Map<String, String> env(Tree container) {
    Map<String, String> env = new LinkedHashMap<>();
    for (Tree variable : container.at("env").items()) {
      String name = variable.text("name", "");
      if (variable.at("valueFrom").isPresent()) {
        notes.add("The variable `" + name + "` is left out: only plain values are set.");
      } else {
        env.put(name, variable.text("value", ""));
      }
    }
    return env;
  }

  private static Resources resources(Tree resources) {
    Tree requests = resources.at("requests");
    Tree limits = resources.at("limits");
    OptionalLong cpuLimit = limits.quantity("cpu", Quantity::thousandths);
    OptionalLong memoryLimit = limits.quantity("memory", Quantity::whole);
    OptionalLong cpu = requests.quantity("cpu", Quantity::thousandths);
    OptionalLong memory = requests.quantity("memory", Quantity::whole);
    // A limit without a request is the request too, as Kubernetes has it.
    return new Resources(
        cpu.isPresent() ? cpu : cpuLimit,
        cpuLimit,
        memory.isPresent() ? memory : memoryLimit,
        memoryLimit);
  }

  private Scale scale(Tree deployment, String name, Resources resources) {
    var autoscaling = new AutoscalingReader(manifests, problems, notes).read(name, resources);
    return new Scale(deployment.whole("replicas", 1, 0), autoscaling);
  }

  private static Rollout rollout(Tree deployment, Tree pod) {
    Tree strategy = deployment.at("strategy");
    Tree update = strategy.at("rollingUpdate");
    boolean recreate = strategy.text("type", "RollingUpdate").equals("Recreate");
    return new Rollout(
        recreate ? new Share(0, false) : update.share("maxSurge"),
        recreate ? new Share(100, true) : update.share("maxUnavailable"),
        pod.whole("terminationGracePeriodSeconds", DEFAULT_GRACE_SECONDS, 0),
        deployment.whole("progressDeadlineSeconds", DEFAULT_DEADLINE_SECONDS, 1));
  }
}
