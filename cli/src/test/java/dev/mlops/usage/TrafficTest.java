package dev.mlops.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TrafficTest {
  private static Page page(int good, int bad, int fast, int all) {
    return Page.parse(
        """
        # TYPE http_server_requests_total counter
        http_server_requests_total{path="/predict",method="POST",status="200"} %d
        http_server_requests_total{path="/predict",method="POST",status="503"} %d
        http_server_requests_total{path="/predict",method="POST",status="400"} 0
        http_server_requests_total{path="/ready_check",method="GET",status="503"} 99999
        http_server_requests_total{path="/metrics",method="GET",status="200"} 99999
        http_server_request_duration_seconds_bucket{path="/predict",le="0.001"} %d
        http_server_request_duration_seconds_bucket{path="/predict",le="0.002"} %d
        http_server_request_duration_seconds_bucket{path="/predict",le="+Inf"} %d
        http_server_request_duration_seconds_bucket{path="/ready_check",le="+Inf"} 99999
        process_cpu_seconds_total 2.5
        process_resident_memory_bytes 9.1267072E7
        model_info{name="a b",kind="x"} 1
        """
            .formatted(good, bad, fast, all, all),
        Set.of("/ready_check"));
  }

  @Test
  void countsWhatUsersAskedAlone() {
    Page page = page(90, 10, 0, 100);
    assertEquals(100, page.requests());
    assertEquals(10, page.errors());
    assertEquals(Optional.of(2.5), page.cpuSeconds());
    assertEquals(Optional.of(91267072.0), page.memoryBytes());
  }

  @Test
  void ratesAreOfTheTimeInBetween() {
    Traffic traffic = Traffic.between(page(90, 10, 50, 100), page(280, 20, 140, 300), 2).get();
    assertEquals(100, traffic.requestsPerSecond());
    assertEquals(5, traffic.errorsPerSecond());
    // 200 requests, 90 of them up to 1 ms: the 190th lies at 100 of 110 on the way to 2 ms.
    assertEquals(1 + 100.0 / 110, traffic.p95Millis().orElseThrow(), 1e-9);
    assertEquals(200, traffic.plus(traffic).requestsPerSecond());
    assertEquals(traffic.p95Millis().get(), traffic.plus(traffic).p95Millis().get(), 1e-9);
  }

  @Test
  void whereNothingWasAskedThereIsNoLatency() {
    Traffic traffic = Traffic.between(page(90, 10, 50, 100), page(90, 10, 50, 100), 2).get();
    assertEquals(0, traffic.requestsPerSecond());
    assertEquals(Optional.empty(), traffic.p95Millis());
  }

  @Test
  void aProcessThatBeganAnewHasNoRateYet() {
    assertTrue(Traffic.between(page(90, 10, 50, 100), page(5, 0, 5, 5), 2).isEmpty());
  }

  @Test
  void pastTheLastBoundItIsThatBound() {
    Page none = Page.parse("", Set.of());
    Page slow =
        Page.parse(
            """
            http_server_requests_total{path="/",status="200"} 10
            http_server_request_duration_seconds_bucket{path="/",le="0.5"} 1
            http_server_request_duration_seconds_bucket{path="/",le="+Inf"} 10
            """,
            Set.of());
    assertEquals(Optional.of(500.0), Traffic.between(none, slow, 1).get().p95Millis());
  }
}
