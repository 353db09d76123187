package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole tester against servers that are known to the last detail. */
final class LoadTestTest {
  @TempDir Path folder;
  private final List<Snapshot> seen = new ArrayList<>();

  @Test
  void measuresADelayThatIsKnown() throws Exception {
    try (StubServer server = new StubServer((_, _) -> after(20, StubServer.GOOD))) {
      LoadResult result = run(plan(server, 10, "10ms", 1_000));
      Percentiles latency = result.totals().latencyMillis().orElseThrow();
      assertEquals(0, result.totals().errors());
      assertTrue(latency.min() >= 20, "faster than the server: " + latency);
      assertTrue(latency.p50() >= 20, "half of them: " + latency);
      assertTrue(result.totals().serviceMillis().orElseThrow().p50() <= latency.p50());
    }
  }

  @Test
  void percentilesSplitWhereTheServerDoes() throws Exception {
    // Every tenth answer takes 200 ms: the slow tenth begins just above the 90th percentile.
    try (StubServer server =
        new StubServer(
            (number, _) -> number % 10 == 0 ? after(200, StubServer.GOOD) : StubServer.GOOD)) {
      LoadResult result = run(plan(server, 20, "5ms", 2_000));
      Percentiles latency = result.totals().latencyMillis().orElseThrow();
      assertTrue(latency.p50() < latency.p95(), "the fast ones: " + latency);
      assertTrue(latency.p95() >= 200, "the slow ones: " + latency);
      double mean = latency.mean();
      assertTrue(mean >= 0.08 * 200 && mean < latency.p95(), "between both: " + latency);
    }
  }

  @Test
  void aFreezeIsFeltOnceByEveryUser() throws Exception {
    AtomicLong freezeEnd = new AtomicLong();
    int users = 20;
    try (StubServer server =
        new StubServer((number, _) -> {
          if (number == 300) {
            freezeEnd.set(System.nanoTime() + 2_000_000_000L);
          }
          long rest = freezeEnd.get() - System.nanoTime();
          return rest > 0 ? after(rest / 1_000_000 + 1, StubServer.GOOD) : StubServer.GOOD;
        })) {
      LoadResult result = run(plan(server, users, "50ms", 4_000));
      Percentiles latency = result.totals().latencyMillis().orElseThrow();
      assertEquals(0, result.totals().errors());
      assertTrue(latency.max() >= 2_000, latency.toString());
      // Waits are 50 ms: each user sends once soon after the freeze begins, and is stuck.
      Histogram raw = rawLatency();
      assertEquals(
          users, raw.getCountBetweenValues(1_000_000_000L, raw.getHighestTrackableValue()));
      assertEquals(latency.count(), raw.getTotalCount());
    }
  }

  /** What counts, of the histogram log, summed up. */
  private Histogram rawLatency() throws IOException {
    Histogram sum = Times.histogram();
    try (InputStream log = Files.newInputStream(folder.resolve("latency.hlog"));
        HistogramLogReader reader = new HistogramLogReader(log)) {
      while (reader.hasNext()) {
        if (reader.nextIntervalHistogram() instanceof Histogram interval
            && interval.getTag() == null) {
          sum.add(interval);
        }
      }
    }
    return sum;
  }

  @Test
  void everyUserHasOneConnectionAndKeepsIt() throws Exception {
    try (StubServer server = StubServer.answering(StubServer.GOOD)) {
      LoadResult result = run(plan(server, 150, "20ms", 500));
      assertEquals(0, result.totals().errors());
      // One more opened and closed, to see whether anything answers at all.
      assertEquals(150 + 1, server.connections.get());
      assertEquals(150, seen.getFirst().users());
      long all = result.totals().requests() + result.evidence().excluded();
      assertEquals(server.requests.get(), all);
    }
  }

  @Test
  void readsChunkedAnswers() throws Exception {
    String chunked =
        """
        HTTP/1.1 200 OK\r
        Transfer-Encoding: chunked\r
        Content-Type: application/json\r
        \r
        5\r
        {"a":\r
        A;x=y\r
              "bc"\r
        1\r
        }\r
        0\r
        Trailer: t\r
        \r
        """;
    try (StubServer server = StubServer.answering(chunked)) {
      LoadResult result = run(plan(server, 5, "10ms", 300));
      assertEquals(0, result.totals().errors(), result.evidence().errors().toString());
      assertTrue(result.totals().requests() > 5);
      assertEquals(5 + 1, server.connections.get());
    }
  }

  @Test
  void connectionsThatTheServerEndsProperlyAreNoErrors() throws Exception {
    String closing = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
    try (StubServer server = StubServer.answering(closing)) {
      LoadResult result = run(plan(server, 5, "10ms", 300));
      assertEquals(0, result.totals().errors(), result.evidence().errors().toString());
      assertEquals(server.requests.get() + 1, server.connections.get());
    }
    try (StubServer server = StubServer.answering("HTTP/1.0 200 OK\r\n\r\nuntil the end")) {
      assertEquals(0, run(plan(server, 5, "10ms", 300)).totals().errors());
    }
  }

  @Test
  void countsErrorsByKindAndKeepsAnExample() throws Exception {
    try (StubServer server =
        new StubServer((number, _) ->
            switch (number % 6) {
              case 0 -> StubServer.json(500, "{\"error\":\"out of order\"}");
              case 1 -> StubServer.json(429, "{}");
              case 2 -> "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nshort";
              case 3 -> "SSH-2.0-OpenSSH_9.2\r\nConnection: close\r\n\r\n";
              case 4 -> StubServer.json(200, "{\"cut\":");
              default -> StubServer.GOOD;
            })) {
      LoadResult result = run(plan(server, 6, "5ms", 1_500));
      Map<String, ErrorCount> errors =
          result.evidence().errors().stream()
              .collect(Collectors.toMap(ErrorCount::kind, error -> error));
      assertEquals(
          Set.of(
              "status 500",
              "status 429",
              "connection closed before the answer was whole",
              "not an HTTP answer",
              "body is not the JSON that it says it is"),
          errors.keySet());
      assertTrue(errors.get("status 500").example().contains("out of order"));
      assertTrue(errors.get("not an HTTP answer").example().startsWith("SSH-2.0"));
      long sum = errors.values().stream().mapToLong(ErrorCount::count).sum();
      assertEquals(result.totals().errors(), sum);
      long good = result.totals().latencyMillis().orElseThrow().count();
      assertEquals(result.totals().requests(), good + sum, "errors are apart from latencies");
    }
  }

  @Test
  void requestsThatAreNeverAnsweredTimeOut() throws Exception {
    try (StubServer server = new StubServer((_, _) -> after(60_000, StubServer.GOOD))) {
      LoadResult result = run(plan(server, 3, "10ms", 700, 200));
      assertEquals(
          List.of("timeout"), result.evidence().errors().stream().map(ErrorCount::kind).toList());
      assertTrue(result.totals().latencyMillis().isEmpty());
      assertFalse(result.valid());
      assertTrue(
          result.invalidBecause().getFirst().startsWith("no request got a good answer"),
          result.invalidBecause().toString());
      assertFalse(result.gatesPassed(), "a percentile of nothing passes no gate");
    }
  }

  @Test
  void whatIsUnderWayAtTheEndIsAwaited() throws Exception {
    try (StubServer server = new StubServer((_, _) -> after(400, StubServer.GOOD))) {
      LoadResult result = run(plan(server, 1, "0s", 700));
      assertEquals(0, result.totals().errors());
      assertEquals(
          2, result.totals().requests(), "the second begins at 400 ms and ends after the end");
    }
  }

  @Test
  void anInterruptEndsItWithWhatWasMeasuredAndJudgesNothing() throws Exception {
    try (StubServer server = new StubServer((_, _) -> after(50, StubServer.GOOD))) {
      LoadPlan plan =
          new PlanFor(server).users(2, "10ms").millis(600_000).gates("p95<1us", "errors<1%").plan();
      AtomicLong stopping = new AtomicLong();
      LoadResult result =
          new LoadTest(ReplicaSampler.NONE, Launch.here(), Optional.empty())
              .run(
                  plan,
                  folder,
                  new LoadListener() {
                    @Override
                    public void second(Snapshot now, Map<String, Totals> soFar) {
                      if (stopping.get() == 0) {
                        Thread.currentThread().interrupt();
                      }
                    }

                    @Override
                    public void stopping() {
                      stopping.incrementAndGet();
                    }
                  });
      assertEquals(Optional.of("it was interrupted"), result.endedEarly());
      assertEquals(1, stopping.get());
      assertTrue(result.totals().requests() > 0);
      assertEquals(0, result.totals().errors(), "what is under way is awaited");
      assertEquals(
          server.requests.get(), result.totals().requests() + result.evidence().excluded());
      assertFalse(result.judged());
      assertTrue(result.gates().getFirst().value().orElseThrow() >= 50);
      JsonNode json = result.json();
      assertTrue(json.at("/gates/0/passed").isNull(), json.toString());
      String junit = Files.readString(folder.resolve("junit.xml"));
      assertTrue(junit.contains("skipped=\"2\""), junit);
      assertTrue(Files.readString(folder.resolve("report.html")).contains("gates not judged"));
      assertTrue(Files.readString(folder.resolve("timeline.csv")).lines().count() > 1);
    }
  }

  @Test
  void aTargetThatGoesAwayIsSaidAndNotHammered() throws Exception {
    StubServer server = StubServer.answering(StubServer.GOOD);
    Thread.ofVirtual()
        .start(() -> {
          try (server) {
            Thread.sleep(300);
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    LoadResult result = run(plan(server, 5, "0s", 1_200));
    ErrorCount refused =
        result.evidence().errors().stream()
            .filter(error -> error.kind().equals("connection refused"))
            .findFirst()
            .orElseThrow();
    assertTrue(refused.count() <= 5 * 5, "back-off of 0.1 s, 0.2 s, 0.4 s …: " + refused);
  }

  @Test
  void aTargetThatIsNotThereIsAProblemAndNoReport() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    LoadPlan plan = plan(URI.create("http://127.0.0.1:" + port), 1, "0s", 100, 1_000);
    MlopsException e = assertThrows(MlopsException.class, () -> run(plan));
    assertEquals(Code.LOAD_TARGET_REFUSED, e.problem().code());
    assertFalse(Files.exists(folder.resolve("report.html")));
  }

  @Test
  void whatComesBeforeTheMeasuredTimeIsApart() throws Exception {
    AtomicLong first = new AtomicLong();
    // The first half second is slow and fails; the ramp and the warm-up take longer than that.
    try (StubServer server =
        new StubServer((_, _) -> {
          first.compareAndSet(0, System.nanoTime());
          return System.nanoTime() - first.get() < 500_000_000
              ? after(50, StubServer.json(503, "{}"))
              : StubServer.GOOD;
        })) {
      LoadPlan plan = new PlanFor(server).users("10", 20, "10ms").warmUp(400).millis(500).plan();
      LoadResult result = run(plan);
      assertEquals(0, result.totals().errors());
      assertTrue(result.evidence().excludedErrors() > 0);
      assertEquals(0.5, result.totals().seconds(), 1e-9);
    }
  }

  @Test
  void sendsWhatTheSchemaSays() throws Exception {
    Path schema =
        Files.writeString(
            folder.resolve("schema.json"),
            """
            {"features": [
              {"name": "länge", "type": "number", "integer": false, "min": 4.3, "max": 7.9},
              {"name": "colour", "type": "category", "categories": ["blue", "red"]}]}\
            """);
    Set<String> bodies = ConcurrentHashMap.newKeySet();
    try (StubServer server =
        new StubServer((_, body) -> {
          bodies.add(body);
          return StubServer.GOOD;
        })) {
      LoadPlan plan =
          new PlanFor(server)
              .users(10, "5ms")
              .millis(500)
              .sends(new Payloads.FromSchema(schema))
              .plan();
      assertEquals(0, run(plan).totals().errors());
    }
    assertTrue(bodies.size() > 50, "bodies differ: " + bodies.size());
    for (String body : bodies) {
      assertTrue(body.matches("\\{\"länge\":[4-7]\\.\\d{1,2},\"colour\":\"(blue|red)\"}"), body);
    }
  }

  @Test
  void leavesAReportAndTheRawHistograms() throws Exception {
    try (StubServer server = StubServer.answering(StubServer.GOOD)) {
      LoadResult result = run(plan(server, 5, "10ms", 300));
      assertEquals(folder.resolve("report.html"), result.report());
      assertTrue(Files.size(result.report()) < 500_000);
      String json = Files.readString(folder.resolve("report.json"), UTF_8);
      assertEquals(new Tabular(result).json().toPrettyString() + "\n", json);
      String log = Files.readString(folder.resolve("latency.hlog"), UTF_8);
      assertTrue(log.contains("[Histogram log format version"), log);
    }
  }

  @Test
  void canBeEndedEarly() throws Exception {
    LoadTest test = new LoadTest(ReplicaSampler.NONE, Launch.here(), Optional.empty());
    try (StubServer server = StubServer.answering(StubServer.GOOD)) {
      LoadResult result = test.run(plan(server, 5, "10ms", 60_000), folder, (_, _) -> test.stop());
      assertTrue(result.totals().seconds() < 30, "ended at the first second");
      assertEquals(0, result.totals().errors());
      assertTrue(result.totals().requests() > 0);
    }
  }

  private LoadResult run(LoadPlan plan) throws InterruptedException {
    return new LoadTest(ReplicaSampler.NONE, Launch.here(), Optional.empty())
        .run(plan, folder, (now, _) -> seen.add(now));
  }

  private static String after(long millis, String answer) throws InterruptedException {
    Thread.sleep(millis);
    return answer;
  }

  private static LoadPlan plan(StubServer server, int users, String wait, long millis) {
    return plan(server, users, wait, millis, 10_000);
  }

  private static LoadPlan plan(
      StubServer server, int users, String wait, long millis, long timeoutMillis) {
    return plan(server.address(), users, wait, millis, timeoutMillis);
  }

  private static LoadPlan plan(
      URI target, int users, String wait, long millis, long timeoutMillis) {
    return new PlanFor(target)
        .users(users, wait)
        .millis(millis)
        .timeout(timeoutMillis)
        .gates("p95<60s")
        .plan();
  }
}
