package dev.mlops.platform.local;

import dev.mlops.manifest.WorkloadSpec;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Replaces the replicas of the former release by those of another, within what maxSurge and
 * maxUnavailable allow. The first process that ends before it was ready fails it; then the former
 * release is brought back to its full number.
 */
final class Rollout {
  private final Fleet fleet;
  private final WorkloadSpec.Rollout rules;
  private final Launch launch;
  private final int count;
  private final Consumer<String> progress;
  private final long begun = System.nanoTime();
  private String lastWords = "";

  Rollout(
      Fleet fleet,
      WorkloadSpec.Rollout rules,
      Launch launch,
      int count,
      Consumer<String> progress) {
    this.fleet = fleet;
    this.rules = rules;
    this.launch = launch;
    this.count = count;
    this.progress = progress;
  }

  /** As {@link #advance}; a failure brings the former release back. */
  void run() throws InterruptedException {
    List<Replica> former = fleet.notOf(launch);
    try {
      advance();
    } catch (MlopsException e) {
      if (!former.isEmpty()) {
        goBack(former);
      }
      throw e;
    }
  }

  /** Returns when every replica is ready and the last one of the former release has ended. */
  void advance() throws InterruptedException {
    long deadline = deadline();
    long ready = 0;
    while (true) {
      long seen = fleet.changes();
      failed()
          .ifPresent(replica -> fail(replica, replica.state().failedStart().orElseThrow().how()));
      surge();
      retireFormer();
      tell();
      long nowReady = fleet.of(launch).stream().filter(Replica::isReady).count();
      if (nowReady >= count && fleet.all().size() == count) {
        return;
      }
      if (nowReady > ready) {
        ready = nowReady;
        deadline = deadline();
      }
      // All are ready: what is left is to drain, which the grace period bounds.
      boolean isOnlyDraining = nowReady >= count;
      if (fleet.awaitChange(seen, isOnlyDraining ? Long.MAX_VALUE : deadline) == seen) {
        fleet.of(launch).stream()
            .filter(replica -> !replica.isReady())
            .findFirst()
            .ifPresent(replica -> fail(replica, late()));
      }
    }
  }

  private long deadline() {
    return System.nanoTime() + Duration.ofSeconds(rules.deadlineSeconds()).toNanos();
  }

  private String late() {
    return "was not ready after " + rules.deadlineSeconds() + " s";
  }

  private Optional<Replica> failed() {
    return fleet.of(launch).stream()
        .filter(replica ->
            replica.state().failedStart().filter(f -> f.atNanos() - begun > 0).isPresent())
        .findFirst();
  }

  private void surge() {
    int formers = fleet.notOf(launch).size();
    int room = count + rules.surge(count) - formers;
    for (int i = fleet.of(launch).size(); i < Math.min(count, room); i++) {
      fleet.start(launch);
    }
    for (int i = fleet.of(launch).size(); i > count; i--) {
      Fleet.leastUseful(fleet.of(launch)).ifPresent(fleet::retire);
    }
  }

  private void retireFormer() {
    Optional<Replica> next = Fleet.leastUseful(fleet.notOf(launch));
    while (next.isPresent() && (!next.get().isReady() || canSpareOne())) {
      fleet.retire(next.get());
      next = Fleet.leastUseful(fleet.notOf(launch));
    }
  }

  private boolean canSpareOne() {
    return fleet.ready() - 1 >= count - rules.unavailable(count);
  }

  private void tell() {
    List<Replica> now = fleet.of(launch);
    long ready = now.stream().filter(Replica::isReady).count();
    String waits =
        now.stream()
            .filter(replica -> !replica.isReady() && !replica.state().trouble().isEmpty())
            .map(replica -> ", " + replica.name() + ": " + replica.state().trouble())
            .findFirst()
            .orElse("");
    String words = ready + " of " + count + " replicas ready" + waits;
    if (!words.equals(lastWords)) {
      lastWords = words;
      progress.accept(words);
    }
  }

  private void fail(Replica replica, String why) {
    List<String> tail = replica.log().tail();
    String trouble = replica.state().trouble();
    throw Code.LOCAL_ROLLOUT_FAILED.problem(
        "The release did not come up: " + replica.name() + " " + why,
        why.equals(late()) && !trouble.isEmpty() ? "The last probe: " + trouble + "." : "",
        "mlops logs --replica " + replica.name(),
        new IOException(String.join("\n", tail)));
  }

  private void goBack(List<Replica> former) throws InterruptedException {
    progress.accept("going back to " + former.getFirst().launch().stem());
    fleet.of(launch).forEach(fleet::retire);
    Launch before = former.getFirst().launch();
    fleet.scale(before, former.size());
    long deadline = deadline();
    long seen = fleet.changes();
    while (!isBack(before, former.size())) {
      long now = fleet.awaitChange(seen, deadline);
      if (now == seen) {
        return; // the former release is not well either: status says so
      }
      seen = now;
    }
  }

  private boolean isBack(Launch before, int size) {
    return fleet.all().size() == size && fleet.of(before).stream().allMatch(Replica::isReady);
  }
}
