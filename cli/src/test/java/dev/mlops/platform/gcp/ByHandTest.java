package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.Provisioning;
import dev.mlops.platform.Provisioning.ByHand;
import dev.mlops.platform.Resource;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person would type and look at in place of each step. */
final class ByHandTest {
  @TempDir private Path folder;

  @Test
  void everyResourceHasItsCommandsAndItsPageInTheConsole() {
    try (var gcp = new GcpFixture(folder, "location: us-central1-a")) {
      Provisioning provisioning = new GcpProvisioning(gcp.site, null, Optional.empty());
      for (Resource resource : provisioning.resources()) {
        ByHand hand = provisioning.byHand(resource.id());
        assertEquals(resource.byHand(), hand.commands(), resource.id());
        assertTrue(
            hand.page().orElseThrow().toString().endsWith("?project=" + GcpFixture.PROJECT),
            resource.id());
      }
      assertEquals(0, gcp.google.journal().calls().size(), "nobody is asked");
    }
  }

  @Test
  void aRolloutIsWhatKubectlWouldApply() {
    try (var gcp = new GcpFixture(folder, "location: us-central1-a")) {
      ByHand hand = new GcpProvisioning(gcp.site, null, Optional.empty()).byHand("apply-workload");
      assertEquals(
          "gcloud container clusters get-credentials mlops-standard --project="
              + GcpFixture.PROJECT
              + " --zone=us-central1-a --dns-endpoint",
          hand.commands().getFirst());
      assertTrue(hand.commands().getLast().endsWith("| kubectl apply -f -"));
    }
  }

  @Test
  void thePageOfTheClusterIsTheClusters() {
    try (var gcp = new GcpFixture(folder, "")) {
      assertEquals(
          Optional.of(
              URI.create(
                  "https://console.cloud.google.com/kubernetes/clusters/details/us-central1/"
                      + "mlops-standard?project="
                      + GcpFixture.PROJECT)),
          new ConsolePages(gcp.site).of(ClusterResource.ID));
    }
  }
}
