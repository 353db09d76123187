package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.rpc.Code;
import dev.mlops.platform.Resource.State;
import dev.mlops.platform.gcp.fake.ApiFault;
import dev.mlops.platform.gcp.fake.Faults.Moment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard and the alerts of {@code provision --only observability}. */
final class WatchTest {
  @TempDir private Path folder;
  private GcpFixture gcp;

  @BeforeEach
  void open() {
    gcp = new GcpFixture(folder, "");
  }

  @AfterEach
  void close() {
    gcp.close();
  }

  private Watch watch() {
    return new Watch(gcp.site);
  }

  @Test
  void makesADashboardAndTwoAlertsOnce() throws InterruptedException {
    assertInstanceOf(State.Missing.class, watch().look());
    watch().ensure(_ -> {});
    assertEquals(3, gcp.google.monitoring().names().size());
    assertInstanceOf(State.Ready.class, watch().look());

    gcp.google.journal().clear();
    watch().ensure(_ -> {});
    assertEquals(List.of(), gcp.google.journal().mutations());
  }

  @Test
  void theAlertsAskForOurServiceInPromQl() throws InterruptedException {
    watch().ensure(_ -> {});
    List<JsonNode> alerts = new Monitoring(gcp.site).ours(MonitoringKind.ALERT);
    assertEquals(2, alerts.size());
    for (JsonNode alert : alerts) {
      String query = alert.at("/conditions/0/conditionPrometheusQueryLanguage/query").asText();
      assertTrue(query.contains("model_info{name=\"iris\"}"), query);
    }
  }

  @Test
  void anAnswerThatIsLostMakesNoSecondOne() throws InterruptedException {
    gcp.google
        .faults()
        .when(
            method -> method.startsWith("POST /v1/projects"),
            Moment.AFTER,
            0,
            1,
            () -> ApiFault.of(Code.UNAVAILABLE, "connection reset"));
    watch().ensure(_ -> {});
    assertEquals(3, gcp.google.monitoring().names().size());
  }

  @Test
  void whatIsOfAnOlderFormIsMadeAnew() throws InterruptedException {
    watch().ensure(_ -> {});
    gcp.google.alone(() -> {
      gcp.google.monitoring().age("mlops-spec");
      return true;
    });
    assertInstanceOf(State.Differs.class, watch().look());
    watch().ensure(_ -> {});
    assertInstanceOf(State.Ready.class, watch().look());
    assertEquals(3, gcp.google.monitoring().names().size());
  }

  @Test
  void destroyTakesOursAndLeavesOthers() throws InterruptedException {
    watch().ensure(_ -> {});
    gcp.google.alone(() -> {
      gcp.google.monitoring().plant(GcpFixture.PROJECT, "Somebody else's");
      return true;
    });
    new WatchHolding(gcp.site).remove(_ -> {});
    assertEquals(1, gcp.google.monitoring().names().size());
    assertTrue(
        new WatchHolding(gcp.site).look().stream().allMatch(looked -> looked.found().isEmpty()));
  }
}
