package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Watches a StatefulSet or DaemonSet until its pods are of the newest template and ready. Unlike a
 * Deployment neither has a deadline of its own.
 */
final class SetRollout {
  private static final Set<String> KINDS = Set.of("StatefulSet", "DaemonSet");
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration LONGEST_STANDSTILL = Duration.ofMinutes(10);

  private final Site site;
  private final ObjectNode manifest;
  private final Applier applier;
  private final Patience patience = new Patience(InstantSource.system());
  private final Outage outage = new Outage(InstantSource.system());
  private String told = "";
  private long movedAt = System.nanoTime();

  SetRollout(Site site, ObjectNode manifest) {
    this.site = site.of(manifest);
    this.manifest = manifest;
    this.applier = new Applier(site.cluster(), site.namespace(), false);
  }

  static boolean isOne(ObjectNode manifest) {
    return Kind.of(manifest).group().equals("apps")
        && KINDS.contains(manifest.path("kind").asText());
  }

  /**
   * @throws MlopsException with the cause, as soon as it is certain that the rollout can't succeed
   */
  void await(Consumer<String> progress) throws InterruptedException {
    for (SetState now = look(progress); !now.isComplete(); now = look(progress)) {
      tell(now.words(), progress);
      List<Pod> waiting =
          outage.survive(this::pods, progress).stream().filter(isWaiting(now)).toList();
      makeWay(now, waiting, progress);
      failIfHopeless(now, waiting);
      Thread.sleep(LOOK);
    }
  }

  private SetState look(Consumer<String> progress) throws InterruptedException {
    return new SetState(
        outage.survive(() -> applier.live(manifest).orElseThrow(this::gone), progress));
  }

  private static Predicate<Pod> isWaiting(SetState now) {
    return pod ->
        !PodState.isReady(pod)
            && pod.getMetadata().getDeletionTimestamp() == null
            && pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(now.uid()));
  }

  private List<Pod> pods() {
    return site.ask(
        "list the pods in " + site.namespace(),
        client -> client.pods().inNamespace(site.namespace()).list().getItems());
  }

  private void tell(String words, Consumer<String> progress) {
    if (!words.equals(told)) {
      progress.accept(Removal.title(manifest) + ": " + words);
      told = words;
      movedAt = System.nanoTime();
    }
  }

  /**
   * A StatefulSet waits for a pod of a former template, even one that never gets ready.
   *
   * @see <a
   *     href="https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback">
   *     Forced rollback</a>
   */
  private void makeWay(SetState now, List<Pod> waiting, Consumer<String> progress) {
    for (Pod pod : waiting) {
      if (!now.isNewest(pod)) {
        progress.accept("removing pod " + pod.getMetadata().getName() + " of a former release");
        ApiProblems.doing(
            site.cluster(),
            "remove pod " + pod.getMetadata().getName(),
            () -> site.cluster().client().resource(pod).delete());
      }
    }
  }

  private void failIfHopeless(SetState now, List<Pod> waiting) {
    List<Pod> newest = waiting.stream().filter(now::isNewest).toList();
    Scene scene = new Scene(new Deployment(), List.of(), newest, SceneWatch.eventsNow(site));
    List<Fault> faults = newest.stream().flatMap(pod -> Diagnosis.of(pod, scene)).toList();
    Optional<Fault> hopeless = patience.exhausted(faults);
    if (hopeless.isPresent()) {
      throw new Evidence(site).problem(hopeless.get(), scene);
    }
    if (System.nanoTime() - movedAt > LONGEST_STANDSTILL.toNanos()) {
      String late = "Nothing moved for " + LONGEST_STANDSTILL.toMinutes() + " minutes.";
      throw faults.isEmpty()
          ? late(now, late)
          : new Evidence(site).problem(faults.getFirst().because(late), scene);
    }
  }

  private MlopsException late(SetState now, String late) {
    return Code.KUBERNETES_ROLLOUT.problem(
        Removal.title(manifest) + " did not come up in time",
        late + " " + now.words() + ".",
        "mlops status");
  }

  private MlopsException gone() {
    return Code.KUBERNETES_ROLLOUT.problem(
        Removal.title(manifest) + " is gone",
        "Somebody else removed it meanwhile.",
        "mlops deploy");
  }
}
