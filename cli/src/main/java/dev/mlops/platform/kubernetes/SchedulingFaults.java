package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Pods that no node takes. */
final class SchedulingFaults {
  /** An autoscaler looks every 10 s by itself. */
  private static final Duration NO_ROOM = Duration.ofSeconds(20);

  private static final Duration NO_MORE_NODES = Duration.ofSeconds(3);

  /**
   * Events by which a cluster's autoscaler (the first) or Karpenter says that a node will come.
   *
   * @see <a href="https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md">
   *     Cluster Autoscaler: events</a>
   */
  private static final Set<String> NODE_COMES = Set.of("TriggeredScaleUp", "Nominated");

  private static final String MORE_ROOM =
      "Lower resources.requests in the manifests, or give the cluster a node that fits.";

  /** What the scheduler says, to what to do; the first that fits. */
  private static final Map<Pattern, String> REMEDIES = remedies();

  private SchedulingFaults() {}

  private static Map<Pattern, String> remedies() {
    Map<Pattern, String> remedies = new LinkedHashMap<>();
    remedies.put(
        Pattern.compile("(?i)persistentvolumeclaim|volume node affinity"),
        "Give the claim a storageClassName and a size in the manifests that the cluster has.");
    remedies.put(Pattern.compile("Insufficient"), MORE_ROOM);
    remedies.put(
        Pattern.compile("taint"),
        "Give the pods a toleration in the manifests, or take the taint off the nodes.");
    remedies.put(
        Pattern.compile("affinity|selector|spread"),
        "Correct nodeSelector, affinity or topologySpreadConstraints in the manifests, or label a node"
            + " to fit.");
    return remedies;
  }

  static Stream<Fault> of(Pod pod, Scene scene) {
    return pod.getStatus().getConditions().stream()
        .filter(SchedulingFaults::isUnschedulable)
        .map(condition ->
            new Fault(
                Code.KUBERNETES_UNSCHEDULABLE,
                pod.getMetadata().getName(),
                "",
                "No node takes pod " + pod.getMetadata().getName(),
                words(condition.getMessage()),
                remedy(condition.getMessage()),
                patience(pod, scene)));
  }

  /** By what the scheduler complains of; room is what is mostly missing. */
  private static String remedy(String message) {
    return REMEDIES.entrySet().stream()
        .filter(remedy -> remedy.getKey().matcher(message).find())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(MORE_ROOM);
  }

  /** Whether a node is being added for the pod. */
  static boolean isNodeComing(Pod pod, Scene scene) {
    return scene.events(pod).anyMatch(event -> NODE_COMES.contains(event.getReason()));
  }

  static boolean isUnschedulable(PodCondition condition) {
    return condition.getType().equals("PodScheduled")
        && condition.getStatus().equals("False")
        && Objects.equals(condition.getReason(), "Unschedulable");
  }

  private static Duration patience(Pod pod, Scene scene) {
    boolean roomComes =
        isNodeComing(pod, scene)
            || scene.isDraining()
            || pod.getStatus().getNominatedNodeName() != null;
    if (roomComes) {
      return Fault.UNTIL_DEADLINE;
    }
    boolean noNodes =
        scene.events(pod).anyMatch(event -> "NotTriggerScaleUp".equals(event.getReason()));
    return noNodes ? NO_MORE_NODES : NO_ROOM;
  }

  /** Without the scheduler's attempts to make room by force. */
  private static String words(String message) {
    int end = message.indexOf(" no new claims to deallocate");
    int preemption = message.indexOf(" preemption:");
    int cut = end >= 0 ? end : preemption;
    return cut > 0 ? message.substring(0, cut) : message;
  }
}
