package dev.mlops.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.local.TestManifests;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Meters} keeps. */
public abstract class MetersContract {
  protected abstract PlatformUnderTest open() throws Exception;

  @Test
  void readsEachReplicaAgainstItsLimits() throws Exception {
    try (var test = open()) {
      Meters meters = test.platform().meters();
      assertEquals(List.of(), meters.read());
      var desired = TestManifests.replicas(2).release(test.published("one"));
      Status status = test.platform().workloads().apply(desired, _ -> {});
      List<Meters.Reading> readings = meters.read();
      assertEquals(
          status.replicas().all().stream().map(Status.Replica::name).sorted().toList(),
          readings.stream().map(Meters.Reading::replica).sorted().toList());
      for (Meters.Reading reading : readings) {
        double limit = reading.memory().limit().orElseThrow();
        reading.memory().used().ifPresent(used -> assertTrue(used > 0 && used <= limit));
        reading.cpu().used().ifPresent(used -> assertTrue(used >= 0));
      }
    }
  }
}
