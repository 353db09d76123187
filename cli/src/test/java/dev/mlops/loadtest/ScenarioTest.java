package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be asked for in a plan, over real sockets. */
final class ScenarioTest {
  @TempDir Path folder;

  @Test
  void tasksAreChosenByTheirWeights() throws Exception {
    AtomicInteger small = new AtomicInteger();
    try (StubServer server =
        new StubServer((_, body) -> {
          if (body.equals("small")) {
            small.incrementAndGet();
          }
          return StubServer.GOOD;
        })) {
      LoadResult result =
          run(
              new PlanFor(server)
                  .users(5, "1ms")
                  .task(task("big", 9, "big", Expect.SUCCESS))
                  .task(task("small", 1, "small", Expect.SUCCESS)));
      long big = result.tasks().get("big").requests();
      long few = result.tasks().get("small").requests();
      assertEquals(result.totals().requests(), big + few);
      assertEquals(
          small.get(), (double) few, 5, "but for each user's first, before the measured time");
      assertEquals(0.1, (double) few / (big + few), 0.02);
    }
  }

  @Test
  void answersAreHeldAgainstWhatIsExpected() throws Exception {
    try (StubServer server =
        new StubServer(
            (_, body) -> body.equals("missing") ? StubServer.json(404, "{}") : StubServer.GOOD)) {
      LoadResult result =
          run(
              new PlanFor(server)
                  .users(3, "2ms")
                  .task(task("good", 1, "a", new Expect(List.of("200"), "\"setosa\"")))
                  .task(task("lacks", 1, "b", new Expect(List.of("2xx"), "virginica")))
                  .task(task("missing", 1, "missing", new Expect(List.of("404"), ""))));
      assertEquals(0, result.tasks().get("good").errors());
      assertEquals(0, result.tasks().get("missing").errors());
      Totals lacks = result.tasks().get("lacks");
      assertTrue(lacks.requests() > 0);
      assertEquals(lacks.requests(), lacks.errors());
      ErrorCount error = result.evidence().errors().getFirst();
      assertEquals("lacks: the body lacks what the plan expects", error.kind());
      assertTrue(error.example().contains("setosa"), error.example());
    }
  }

  @Test
  void everyRequestHasATraceIdOfItsOwn() throws Exception {
    Set<String> traces = ConcurrentHashMap.newKeySet();
    AtomicInteger sampled = new AtomicInteger();
    try (StubServer server = StubServer.answering(StubServer.GOOD)) {
      server.heads(head -> {
        String context = head.replaceAll("(?s).*\r\ntraceparent: ([^\r]*)\r\n.*", "$1");
        assertTrue(context.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]"), context);
        traces.add(context.substring(3, 35));
        sampled.addAndGet(context.endsWith("1") ? 1 : 0);
      });
      PlanFor plan =
          new PlanFor(server).users(5, "1ms").bounds(new LoadPlan.Bounds(1_000_000, 0.25, false));
      LoadResult first = run(plan);
      LoadResult result = run(plan);
      long sent = requests(first) + requests(result);
      assertEquals(sent, traces.size(), "ids of a second test with the same seed are others");
      assertEquals(0.25, (double) sampled.get() / sent, 0.1);
      List<SlowRequest> slowest = result.evidence().slowest();
      assertEquals(Slowest.KEPT, slowest.size());
      assertTrue(slowest.stream().allMatch(slow -> traces.contains(slow.trace())));
    }
  }

  private static long requests(LoadResult result) {
    return result.totals().requests() + result.evidence().excluded();
  }

  @Test
  void aRateIsSentWhateverBecomesOfIt() throws Exception {
    try (StubServer server =
        new StubServer((_, _) -> {
          Thread.sleep(300);
          return StubServer.GOOD;
        })) {
      LoadResult result = run(new PlanFor(server).rate("100"));
      assertEquals(100, result.totals().requests());
      assertEquals(0, result.totals().errors());
      assertTrue(server.connections.get() > 25, "as many as are under way at once");
    }
  }

  @Test
  void aRateWithTooFewConnectionsWaitsAndSaysSo() throws Exception {
    try (StubServer server =
        new StubServer((_, _) -> {
          Thread.sleep(100);
          return StubServer.GOOD;
        })) {
      LoadResult result = run(new PlanFor(server).load(new Load.Open(Profile.constant(50), 2)));
      assertEquals(50, result.totals().requests());
      double longest = result.totals().latencyMillis().orElseThrow().max();
      double service = result.totals().serviceMillis().orElseThrow().p50();
      assertTrue(longest > 1_000, "2 connections do 20/s of the 50/s: " + longest);
      assertTrue(service < 300, "the wait is not the service's: " + service);
    }
  }

  @Test
  void aRecordingIsReplayed() throws Exception {
    Path file = Files.writeString(folder.resolve("calls.csv"), "0\n0.1\n0.1\n0.45\n");
    try (StubServer server = StubServer.answering(StubServer.GOOD)) {
      LoadResult result =
          run(new PlanFor(server).load(new Load.Replay(ArrivalFile.read(file), 10)).millis(451));
      assertEquals(4, result.totals().requests());
    }
  }

  @Test
  void usersComeAndGoAsTheLevelSays() throws Exception {
    try (StubServer server = StubServer.answering(StubServer.GOOD)) {
      int[] most = {0, 0};
      LoadResult result =
          new LoadTest(ReplicaSampler.NONE, Launch.here(), Optional.empty())
              .run(
                  new PlanFor(server)
                      .users("2/1500ms, 12/1500ms, 3/2s", 10_000, "5ms")
                      .millis(5_000)
                      .plan(),
                  folder,
                  (now, _) -> {
                    most[0] = Math.max(most[0], now.users());
                    most[1] = now.connections();
                  });
      assertEquals(12, most[0]);
      assertEquals(0, result.totals().errors());
      assertEquals(12 + 1, server.connections.get(), "who stays keeps his connection");
      assertTrue(
          result.evidence().timeline().stream().anyMatch(second -> second.connections() == 3));
    }
  }

  @Test
  void endsWithTheBudget() throws Exception {
    try (StubServer server = StubServer.answering(StubServer.GOOD)) {
      LoadResult result =
          run(
              new PlanFor(server)
                  .users(4, "0s")
                  .millis(60_000)
                  .bounds(new LoadPlan.Bounds(500, 0, false)));
      assertTrue(result.totals().requests() <= 500 + 4, "" + result.totals().requests());
      assertTrue(result.totals().seconds() < 30);
    }
  }

  @Test
  void endsAsSoonAsAGateThatItMayNotMissIsMissed() throws Exception {
    try (StubServer server = StubServer.answering(StubServer.json(500, "{}"))) {
      LoadResult result =
          run(new PlanFor(server).users(4, "2ms").millis(60_000).abortOn("errors<50%"));
      assertTrue(result.totals().seconds() < 30);
      assertEquals(Optional.of("the gate errors<50% did not hold"), result.endedEarly());
      assertEquals(false, result.gates().getFirst().passed());
    }
  }

  private static Task task(String name, int weight, String body, Expect expect) {
    return new Task(
        name,
        weight,
        new Task.Request("POST", "/" + name, Map.of(), new Payloads.Literal(body)),
        expect,
        Optional.empty());
  }

  private LoadResult run(PlanFor plan) throws InterruptedException {
    return new LoadTest(ReplicaSampler.NONE, Launch.here(), Optional.empty())
        .run(plan.plan(), folder, LoadListener.SILENT);
  }
}
