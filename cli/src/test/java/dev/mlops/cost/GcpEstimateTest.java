package dev.mlops.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GcpEstimateTest {
  private static Estimate standard(boolean zonal, int nodes, String machineType, int diskGb) {
    var machine = new GcpFootprint.Machine(machineType, diskGb, "pd-balanced");
    return GcpEstimate.of(
        new GcpFootprint(
            "us-central1", new GcpFootprint.Standard(zonal, nodes, nodes, machine), 1, 0));
  }

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }

  @Test
  void theGuidesClusterAsItIsWrittenHasSixNodes() {
    Estimate estimate = standard(false, 6, "e2-medium", 100);
    assertEquals(money("319.91"), estimate.monthly());
    assertEquals(0.438, estimate.hourly().doubleValue(), 0.0005);
    assertEquals(money("91.25"), estimate.pausedMonthly());
  }

  @Test
  void theTwoNodesThatItsAuthorHadInMind() {
    assertEquals(money("167.47"), standard(false, 2, "e2-medium", 100).monthly());
  }

  @Test
  void oneZoneWithSmallerDisksCostsLess() {
    Estimate estimate = standard(true, 2, "e2-medium", 50);
    assertEquals(money("157.47"), estimate.monthly());
    assertTrue(estimate.notes().getFirst().contains("74.40"), estimate.notes().toString());
  }

  @Test
  void aFigureHasTheDateOfItsOldestPriceAndItsRegion() {
    Estimate estimate = standard(true, 1, "e2-standard-2", 50);
    assertEquals(Optional.of(LocalDate.of(2024, 7, 1)), estimate.priceDate());
    assertEquals("us-central1", estimate.region());
  }

  @Test
  void fiveForwardingRulesCostAsMuchAsOne() {
    Price rules = PriceList.gcp().price("forwarding-rule");
    assertEquals(money("0"), rules.hourly(BigDecimal.ZERO));
    assertEquals(0, money("0.025").compareTo(rules.hourly(BigDecimal.ONE)));
    assertEquals(0, money("0.025").compareTo(rules.hourly(BigDecimal.valueOf(5))));
    assertEquals(0, money("0.045").compareTo(rules.hourly(BigDecimal.valueOf(7))));
  }

  @Test
  void aMachineThatTheTableLacksIsSaidAndNotGuessed() {
    Estimate estimate = standard(true, 2, "a3-megagpu-8g", 50);
    assertFalse(estimate.isComplete());
    assertTrue(
        estimate.notes().getFirst().contains("2 x a3-megagpu-8g"), estimate.notes().toString());
    assertFalse(estimate.items().stream().anyMatch(item -> item.name().equals("nodes")));
  }

  @Test
  void ofAnotherRegionNoFigureIsGiven() {
    var machine = new GcpFootprint.Machine("e2-medium", 50, "pd-standard");
    Estimate estimate =
        GcpEstimate.of(
            new GcpFootprint("europe-west1", new GcpFootprint.Standard(true, 1, 3, machine), 1, 9));
    assertTrue(estimate.isUnpriced());
    assertEquals(List.of(), estimate.items());
    assertEquals(
        List.of("no list price is known in europe-west1: the table has those of us-central1 only"),
        estimate.notes());
  }

  @Test
  void whatTheAutoscalerMayMakeIsSaid() {
    var machine = new GcpFootprint.Machine("e2-medium", 50, "pd-standard");
    Estimate estimate =
        GcpEstimate.of(
            new GcpFootprint("us-central1", new GcpFootprint.Standard(true, 1, 3, machine), 0, 0));
    assertTrue(
        estimate.notes().getFirst().contains("(3) it is 60.22 a month more"),
        estimate.notes().toString());
  }

  @Test
  void autopilotBillsPodsByWhatItMakesOfTheirRequests() {
    var request = new GcpFootprint.PodRequest(100, 256L << 20);
    Estimate estimate =
        GcpEstimate.of(
            new GcpFootprint("us-central1", new GcpFootprint.Autopilot(2, 2, request), 1, 0));
    // 73.00 + 2 x (0.25 vCPU x 32.485 + 0.5 GiB x 3.5916 + 1 GiB x 0.040004) + 18.25
    assertEquals(money("111.16"), estimate.monthly());
    assertEquals(money("91.25"), estimate.pausedMonthly());
  }

  @Test
  void autopilotRaisesCpuForMuchMemory() {
    AutopilotPod pod = AutopilotPod.of(new GcpFootprint.PodRequest(250, 4L << 30));
    assertEquals(0, money("0.75").compareTo(pod.cpu()));
    assertEquals(0, money("4").compareTo(pod.gib()));
  }

  @Test
  void theRegistryIsBilledByItsSize() {
    var machine = new GcpFootprint.Machine("e2-medium", 50, "pd-balanced");
    Estimate estimate =
        GcpEstimate.of(
            new GcpFootprint(
                "us-central1", new GcpFootprint.Standard(true, 1, 1, machine), 0, 2_500_000_000L));
    Estimate.Item images = estimate.items().getLast();
    assertEquals("2.50 GB", images.detail());
    assertEquals(money("0.25"), Estimate.cents(images.monthly()));
    assertTrue(images.keptByPause());
  }

  @Test
  void disksOfClaimsStayWhileItIsPaused() {
    var machine = new GcpFootprint.Machine("e2-medium", 100, "pd-balanced");
    Estimate estimate =
        GcpEstimate.of(
            new GcpFootprint(
                "us-central1", new GcpFootprint.Standard(false, 2, 2, machine), 1, 0, 20));
    assertEquals(money("169.47"), estimate.monthly());
    assertEquals(money("93.25"), estimate.pausedMonthly());
  }

  @Test
  void nodesOfAnAdoptedClusterRunOn() {
    var machine = new GcpFootprint.Machine("e2-medium", 100, "pd-balanced");
    Estimate estimate =
        GcpEstimate.of(
            new GcpFootprint(
                "us-central1", new GcpFootprint.Standard(false, 2, 2, machine, true), 1, 0));
    assertEquals(estimate.monthly(), estimate.pausedMonthly());
    assertTrue(estimate.notes().getFirst().contains("gcp.adopt"), estimate.notes().toString());
  }

  @Test
  void everyPriceHasItsDateAndSource() {
    PriceList.gcp()
        .byName()
        .forEach((name, price) -> {
          assertTrue(price.source().startsWith("https://"), name);
          assertTrue(price.hourly().signum() > 0, name);
        });
  }
}
