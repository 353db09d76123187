package dev.mlops.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.local.TestManifests;
import dev.mlops.problem.MlopsException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Workloads} keeps. */
public abstract class WorkloadsContract {
  protected abstract PlatformUnderTest open() throws Exception;

  @Test
  void isAbsentBeforeAnythingWasApplied() throws Exception {
    try (var test = open()) {
      Workloads workloads = test.platform().workloads();
      assertEquals(Status.State.ABSENT, workloads.status().state());
      Desired desired = TestManifests.replicas(1).release(test.published("one"));
      assertFalse(workloads.compare(desired).isEmpty());
      assertEquals(Status.State.ABSENT, workloads.status().state());
    }
  }

  @Test
  void runsWhatWasAppliedAndThenFindsNoDifference() throws Exception {
    try (var test = open()) {
      Workloads workloads = test.platform().workloads();
      Desired desired = TestManifests.replicas(2).release(test.published("one"));
      Status applied = workloads.apply(desired, _ -> {});
      assertEquals(Status.State.RUNNING, applied.state());
      assertEquals(2, applied.replicas().ready());
      assertEquals(desired.release(), applied.release().orElseThrow());
      assertTrue(applied.endpoint().isPresent());
      assertEquals(List.of(), workloads.compare(desired));
      Status again = workloads.apply(desired, _ -> {});
      assertEquals(
          applied.replicas().all().stream().map(Status.Replica::pid).toList(),
          again.replicas().all().stream().map(Status.Replica::pid).toList());

      Desired one = TestManifests.replicas(1).release(test.published("one"));
      assertEquals(List.of("Deployment tiny: spec.replicas 2 → 1"), workloads.compare(one));
      assertEquals(2, workloads.status().replicas().desired());
      assertEquals(1, serving(workloads.apply(one, _ -> {})));
    }
  }

  @Test
  void keepsTheFormerReleaseWhenANewOneFails() throws Exception {
    try (var test = open()) {
      Workloads workloads = test.platform().workloads();
      var manifests = TestManifests.replicas(1);
      Desired good = manifests.release(test.published("one"));
      workloads.apply(good, _ -> {});
      Desired bad = manifests.env("CRASH", "3").release(test.published("two"));
      assertThrows(MlopsException.class, () -> workloads.apply(bad, _ -> {}));
      Status status = workloads.status();
      assertEquals(Status.State.RUNNING, status.state());
      assertEquals(good.release(), status.release().orElseThrow());
      assertEquals(List.of(), workloads.compare(good));
    }
  }

  /** Without those that are on their way out. */
  private static long serving(Status status) {
    return status.replicas().all().stream()
        .filter(replica -> !replica.state().equals("draining"))
        .count();
  }
}
