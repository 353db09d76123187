package dev.mlops.platform.kubernetes;

import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetCondition;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

/** Pods that the API server does not take. */
final class CreationFaults {
  private static final Duration ROOM = Duration.ofSeconds(10);
  private static final Duration REFUSAL = Duration.ofSeconds(3);
  private static final Duration OUTAGE = Duration.ofSeconds(30);

  private CreationFaults() {}

  /**
   * @param draining pods are ending, which may make room
   */
  static Stream<Fault> of(ReplicaSet set, boolean draining) {
    if (set.getStatus() == null || set.getStatus().getConditions() == null) {
      return Stream.empty();
    }
    return set.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals("ReplicaFailure"))
        .filter(condition -> condition.getStatus().equals("True"))
        .filter(condition -> Objects.equals(condition.getReason(), "FailedCreate"))
        .map(ReplicaSetCondition::getMessage)
        .map(words -> fault(set.getMetadata().getName(), words, draining));
  }

  private static Fault fault(String set, String words, boolean draining) {
    if (words.contains("exceeded quota") || words.contains("failed quota")) {
      return new Fault(
          Code.KUBERNETES_QUOTA,
          set,
          "",
          "The namespace's quota has no room for another pod",
          words,
          "Raise the quota, or lower resources.requests or the rollout's maxSurge in the manifests.",
          draining ? Fault.UNTIL_DEADLINE : ROOM);
    }
    if (words.contains("serviceaccount") && words.contains("not found")) {
      return new Fault(
          Code.KUBERNETES_REFERENCE,
          set,
          "",
          "The pods' ServiceAccount is not there",
          words,
          "Add it to the manifests, or correct serviceAccountName.",
          ROOM);
    }
    boolean silent = words.contains("failed calling webhook") || words.contains("timeout");
    return new Fault(
        Code.KUBERNETES_ADMISSION,
        set,
        "",
        "The cluster does not admit the pods",
        words,
        "Correct the pod template in the manifests.",
        silent ? OUTAGE : REFUSAL);
  }
}
