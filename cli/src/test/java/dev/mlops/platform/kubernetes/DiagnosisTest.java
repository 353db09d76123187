package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a one-node cluster can't show: nodes that come, time that passes. */
class DiagnosisTest {
  private Instant now = Instant.EPOCH;

  @Test
  void waitsForANodeThatIsBeingAdded() {
    assertEquals(Duration.ofSeconds(20), Diagnosis.of(scene(pending("new"))).getFirst().patience());
    List<Fault> faults = Diagnosis.of(scene(pending("new"), event("TriggeredScaleUp")));
    assertEquals(Code.KUBERNETES_UNSCHEDULABLE, faults.getFirst().code());
    assertEquals(Fault.UNTIL_DEADLINE, faults.getFirst().patience());
    List<Fault> none = Diagnosis.of(scene(pending("new"), event("NotTriggerScaleUp")));
    assertEquals(Duration.ofSeconds(3), none.getFirst().patience());
  }

  @Test
  void tellsWhatIsMissingWithoutTheSchedulersAttempts() {
    assertEquals(
        "0/3 nodes are available: 3 Insufficient cpu.",
        Diagnosis.of(scene(pending("new"))).getFirst().why());
  }

  @ParameterizedTest
  @CsvSource({
    "3 Insufficient cpu, resources.requests",
    "pod has unbound immediate PersistentVolumeClaims, storageClassName",
    "1 node(s) had volume node affinity conflict, storageClassName",
    "1 node(s) had untolerated taint {gpu: true}, toleration",
    "1 Insufficient memory; 2 node(s) had untolerated taint {gpu: true}, resources.requests",
    "3 node(s) did not match node affinity/selector, nodeSelector"
  })
  void saysWhatToDoAboutWhatTheSchedulerSays(String words, String remedy) {
    Pod pod = pending("new");
    pod.getStatus().getConditions().getFirst().setMessage("0/3 nodes are available: " + words);
    assertTrue(Diagnosis.of(scene(pod)).getFirst().next().contains(remedy));
  }

  @Test
  void looksAtTheNewestTemplateAlone() {
    assertEquals(List.of(), Diagnosis.of(scene(pending("old"))));
  }

  @Test
  void losesPatienceOnlyWithWhatIsSeenAllTheTime() {
    var patience = new Patience(() -> now);
    List<Fault> faults = Diagnosis.of(scene(pending("new")));
    assertTrue(patience.exhausted(faults).isEmpty());
    now = now.plusSeconds(19);
    assertTrue(patience.exhausted(List.of()).isEmpty());
    now = now.plusSeconds(19);
    assertTrue(patience.exhausted(faults).isEmpty());
    now = now.plusSeconds(20);
    assertEquals(faults.getFirst(), patience.exhausted(faults).orElseThrow());
  }

  private static Scene scene(Pod pod, Event... events) {
    return new Scene(
        deployment(), List.of(set("old", 1), set("new", 2)), List.of(pod), List.of(events));
  }

  private static Deployment deployment() {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("tiny")
        .withUid("1")
        .withGeneration(2L)
        .endMetadata()
        .withNewStatus()
        .withObservedGeneration(2L)
        .endStatus()
        .build();
  }

  private static ReplicaSet set(String hash, int revision) {
    return new ReplicaSetBuilder()
        .withNewMetadata()
        .withName("tiny-" + hash)
        .withAnnotations(Map.of(Scene.REVISION, Integer.toString(revision)))
        .withLabels(Map.of("pod-template-hash", hash))
        .addNewOwnerReference()
        .withUid("1")
        .endOwnerReference()
        .endMetadata()
        .build();
  }

  private static Pod pending(String hash) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("pod")
        .withCreationTimestamp("2026-01-01T00:00:00Z")
        .withLabels(Map.of("pod-template-hash", hash))
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .withNewStatus()
        .withPhase("Pending")
        .addNewCondition()
        .withType("PodScheduled")
        .withStatus("False")
        .withReason("Unschedulable")
        .withMessage(
            "0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption:"
                + " 0/3 nodes are available: 3 No preemption victims found.")
        .endCondition()
        .endStatus()
        .build();
  }

  private static Event event(String reason) {
    return new EventBuilder()
        .withReason(reason)
        .withNewInvolvedObject()
        .withKind("Pod")
        .withName("pod")
        .endInvolvedObject()
        .build();
  }
}
