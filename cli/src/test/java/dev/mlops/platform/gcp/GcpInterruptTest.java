package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.lifecycle.ProvisionRecipe;
import dev.mlops.lifecycle.ReportText;
import dev.mlops.plan.Mode;
import dev.mlops.plan.Plan;
import dev.mlops.plan.RunListener;
import dev.mlops.plan.RunReport;
import dev.mlops.plan.Runner;
import dev.mlops.platform.FakePlatform;
import dev.mlops.platform.Platform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in a long wait: it is said what goes on, and the next run goes on from there. */
final class GcpInterruptTest {
  @TempDir private Path folder;

  @Test
  void whatGoesOnIsSaidAndPickedUp() throws Exception {
    try (var google = new GoogleProject()) {
      google.fake().pace().clusters(Duration.ofHours(1));
      Platform platform = google.platform(folder, "", new FakePlatform("iris").platform());
      var waits = new CountDownLatch(1);
      CompletableFuture<String> said = new CompletableFuture<>();
      Thread command =
          Thread.ofPlatform().start(() -> said.complete(interrupted(plan(platform), waits)));
      assertTrue(waits.await(2, TimeUnit.MINUTES), "the cluster is waited for");
      command.interrupt();
      assertEquals(
          "Google goes on to make the cluster mlops-standard; the same command picks it up.",
          said.get(2, TimeUnit.MINUTES));

      google.fake().finish();
      RunReport next = new Runner(RunListener.SILENT).run(plan(platform), Mode.APPLY);
      assertTrue(next.failure().isEmpty(), () -> ReportText.of(next));
      assertEquals(1, google.fake().journal().count("CreateCluster"));
    }
  }

  private static Plan plan(Platform platform) {
    return ProvisionRecipe.plan(platform, List.of("cluster"));
  }

  /** What the interrupt of a run says. */
  private static String interrupted(Plan plan, CountDownLatch waits) {
    RunListener listener =
        new RunListener() {
          @Override
          public void progress(int step, String detail) {
            if (detail.startsWith("waiting for Google to make the cluster")) {
              waits.countDown();
            }
          }
        };
    try {
      return "it ended: " + ReportText.of(new Runner(listener).run(plan, Mode.APPLY));
    } catch (InterruptedException e) {
      return e.getMessage();
    }
  }
}
