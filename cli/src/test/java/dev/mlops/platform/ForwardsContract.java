package dev.mlops.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlops.platform.local.TestManifests;
import dev.mlops.problem.MlopsException;
import org.junit.jupiter.api.Test;

/** What every {@link Forwards} keeps. */
public abstract class ForwardsContract {
  protected abstract PlatformUnderTest open() throws Exception;

  @Test
  void leadsToWhatRunsAndToNothingElse() throws Exception {
    try (var test = open()) {
      Forwards forwards = test.platform().forwards();
      assertThrows(MlopsException.class, () -> forwards.open(Forwards.FREE_PORT, _ -> {}));
      var desired = TestManifests.replicas(1).release(test.published("one"));
      test.platform().workloads().apply(desired, _ -> {});
      try (var forward = forwards.open(Forwards.FREE_PORT, _ -> {})) {
        assertEquals("http", forward.address().getScheme());
        asked(forward);
      }
      test.platform().power().pause(_ -> {});
      assertThrows(MlopsException.class, () -> forwards.open(Forwards.FREE_PORT, _ -> {}));
    }
  }

  /** Asks the service by this way. */
  protected void asked(Forwards.Forward forward) throws Exception {
    assertEquals(0, DirectLine.get(forward.address(), "/live_check").length);
  }
}
