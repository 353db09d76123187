package dev.mlops.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mlops.platform.local.TestManifests;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Ownership} keeps. */
public abstract class OwnershipContract {
  protected abstract PlatformUnderTest open() throws Exception;

  @Test
  void ownsNothingBeforeAndAfter() throws Exception {
    try (var test = open()) {
      Ownership ownership = test.platform().ownership();
      assertEquals(List.of(), ownership.owned());
      Desired desired = TestManifests.replicas(1).release(test.published("one"));
      test.platform().workloads().apply(desired, _ -> {});
      assertFalse(ownership.owned().isEmpty());
      for (int i = 0; i < 2; i++) {
        ownership.remove(_ -> {});
        assertEquals(List.of(), ownership.owned());
        assertEquals(Status.State.ABSENT, test.platform().workloads().status().state());
      }
    }
  }
}
