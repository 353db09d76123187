package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets that ask to be sent less, and a machine that can't send more. */
final class RefusalsTest {
  private static final String TOO_MANY = answer("429 Too Many Requests", "Retry-After: 1\r\n");
  @TempDir Path folder;

  @Test
  void aUserWhoIsAskedToWaitWaitsForThatLong() throws Exception {
    try (StubServer server = StubServer.answering(TOO_MANY)) {
      LoadResult result = run(new PlanFor(server).users(5, "0s").millis(1_800));
      assertEquals(5 * 2, server.requests.get(), "each at 0 s and at 1 s");
      assertEquals(Set.of("status 429"), kinds(result).keySet());
      assertFalse(result.valid());
    }
  }

  @Test
  void without429OrRetryAfterNobodyIsAskedToWait() throws Exception {
    String overloaded = answer("503 Service Unavailable", "");
    try (StubServer server = StubServer.answering(overloaded)) {
      run(new PlanFor(server).users(2, "10ms").millis(500));
      assertTrue(server.requests.get() > 10, server.requests + " requests");
    }
  }

  @Test
  void a429WithoutATimeIsWaitedForLongerEachTime() throws Exception {
    try (StubServer server = StubServer.answering(answer("429 Too Many Requests", ""))) {
      run(new PlanFor(server).users(1, "0s").millis(1_000));
      // 0, 0.1, 0.3 and 0.7 s.
      assertEquals(4, server.requests.get());
    }
  }

  @Test
  void aRateGoesOnWhileSomeAreServedAndStopsWhereNobodyIs() throws Exception {
    try (StubServer server =
        new StubServer((number, _) -> number % 2 == 0 ? StubServer.GOOD : TOO_MANY)) {
      LoadResult result = run(new PlanFor(server).rate("200").millis(1_000));
      assertEquals(200, server.requests.get(), "each stands for somebody else");
      assertEquals(Map.of("status 429", 100L), kinds(result));
    }
    try (StubServer server = StubServer.answering(TOO_MANY)) {
      LoadResult result = run(new PlanFor(server).rate("200").millis(900));
      long sent = server.requests.get();
      assertTrue(sent >= 20 && sent < 60, sent + " requests");
      assertEquals(180 - sent, kinds(result).get("not sent, as the target asked to wait"));
    }
  }

  @Test
  void aLoadThatWasHeldBackCountsOnlyIfAGateIsOnItsErrors() throws Exception {
    try (StubServer server =
        new StubServer((number, _) -> number % 10 == 0 ? TOO_MANY : StubServer.GOOD)) {
      PlanFor plan = new PlanFor(server).users(10, "5ms").millis(1_000);
      assertTrue(heldBack(run(plan.gates("p95<10s"))).orElseThrow().contains("asked to send less"));
      assertEquals(Optional.empty(), heldBack(run(plan.gates("errors<50%"))));
    }
  }

  @Test
  void aStatusThatThePlanExpectsIsNoRefusal() throws Exception {
    Task limited =
        new Task(
            "limited",
            1,
            new Task.Request("GET", "/", Map.of(), new Payloads.Literal("")),
            new Expect(List.of("429"), ""),
            Optional.empty());
    try (StubServer server = StubServer.answering(TOO_MANY)) {
      LoadResult result = run(new PlanFor(server).task(limited).users(1, "10ms").millis(500));
      assertEquals(0, result.totals().errors());
      assertTrue(result.totals().requests() > 10);
    }
  }

  @Test
  void tooFewFilesAreSaidBefore() {
    OpenFiles.requireEnough(100, 1_000);
    MlopsException e =
        assertThrows(MlopsException.class, () -> OpenFiles.requireEnough(1_000, 1_000));
    assertEquals(Code.LOAD_FILES, e.problem().code());
    assertTrue(e.problem().message().startsWith("1,000 users"), e.problem().message());
  }

  private static Optional<String> heldBack(LoadResult result) {
    return result.invalidBecause().stream().filter(why -> why.contains("429")).findFirst();
  }

  private static Map<String, Long> kinds(LoadResult result) {
    return result.evidence().errors().stream()
        .collect(Collectors.toMap(ErrorCount::kind, ErrorCount::count));
  }

  private LoadResult run(PlanFor plan) throws InterruptedException {
    return new LoadTest(ReplicaSampler.NONE, Launch.here(), Optional.empty())
        .run(plan.plan(), folder, LoadListener.SILENT);
  }

  private static String answer(String status, String headers) {
    return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: 0\r\n\r\n";
  }
}
