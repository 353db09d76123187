package dev.mlops.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlops.platform.local.TestManifests;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Switch} keeps. */
public abstract class SwitchContract {
  protected abstract PlatformUnderTest open() throws Exception;

  @Test
  void hasNothingToPauseAtFirst() throws Exception {
    try (var test = open()) {
      assertEquals(Status.State.ABSENT, test.platform().power().pause(_ -> {}).state());
      assertEquals(Status.State.ABSENT, test.platform().power().resume(_ -> {}).state());
    }
  }

  @Test
  void remembersOverAPauseWhatRan() throws Exception {
    try (var test = open()) {
      Switch power = test.platform().power();
      Desired desired = TestManifests.replicas(2).autoscaled(1, 3).release(test.published("one"));
      Status before = test.platform().workloads().apply(desired, _ -> {});
      for (int i = 0; i < 2; i++) {
        assertEquals(Status.State.PAUSED, power.pause(_ -> {}).state());
        Status paused = test.platform().workloads().status();
        assertEquals(Status.State.PAUSED, paused.state());
        assertEquals(2, paused.replicas().desired());
        assertEquals(List.of(), paused.replicas().all());
      }
      assertEquals(List.of(), test.platform().workloads().compare(desired));
      for (int i = 0; i < 2; i++) {
        Status resumed = power.resume(_ -> {});
        assertEquals(Status.State.RUNNING, resumed.state());
        assertEquals(2, resumed.replicas().ready());
        assertEquals(before.release(), resumed.release());
        assertEquals(3, resumed.autoscaling().orElseThrow().max());
      }
    }
  }

  @Test
  void takesInAReleaseWithoutWakingUp() throws Exception {
    try (var test = open()) {
      var manifests = TestManifests.replicas(1);
      Workloads workloads = test.platform().workloads();
      workloads.apply(manifests.release(test.published("one")), _ -> {});
      test.platform().power().pause(_ -> {});
      Desired next = manifests.release(test.published("two"));
      assertEquals(Status.State.PAUSED, workloads.apply(next, _ -> {}).state());
      assertEquals(Status.State.PAUSED, workloads.status().state());
      Status resumed = test.platform().power().resume(_ -> {});
      assertEquals(Status.State.RUNNING, resumed.state());
      assertEquals(next.release(), resumed.release().orElseThrow());
    }
  }
}
