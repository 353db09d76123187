package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Event;
import dev.mlops.platform.Status;
import dev.mlops.platform.Workloads;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GcpWorkloadsTest {
  private static final Event EVENT =
      new Event(Instant.EPOCH, "Pod iris-1", "Unhealthy", "Readiness probe failed", 3);

  @TempDir private Path folder;

  @Test
  void tellsTheClustersEvents() {
    assertEquals(List.of(EVENT), workloads(() -> List.of(EVENT)).events());
  }

  @Test
  void tellsOfNothingWhereThereIsNoCluster() {
    Workloads gone =
        workloads(() -> {
          throw Code.GCP_NO_CLUSTER.problem("There is no cluster", "", "mlops up");
        });
    assertEquals(List.of(), gone.events());
    assertEquals(Status.NOTHING, gone.status());
  }

  @Test
  void hidesNoOtherFailure() {
    Workloads failing =
        workloads(() -> {
          throw Code.GCP_DENIED.problem("It may not be read", "", "mlops doctor");
        });
    assertThrows(MlopsException.class, failing::events);
    assertThrows(MlopsException.class, failing::status);
  }

  private Workloads workloads(Supplier<List<Event>> events) {
    try (GcpFixture fixture = new GcpFixture(folder, "")) {
      return new GcpWorkloads(fixture.site, new InCluster(events));
    }
  }

  /** What a cluster says, or that it can't. */
  private record InCluster(Supplier<List<Event>> look) implements Workloads {
    @Override
    public Status status() {
      var _ = look.get();
      return Status.NOTHING;
    }

    @Override
    public List<Event> events() {
      return look.get();
    }

    @Override
    public List<String> compare(Desired desired) {
      return List.of();
    }

    @Override
    public Status apply(Desired desired, ApplyOptions options, Consumer<String> progress) {
      return Status.NOTHING;
    }
  }
}
