package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Load from several processes. */
final class WorkersTest {
  @TempDir Path folder;
  private final List<WorkerProcess> started = new CopyOnWriteArrayList<>();

  @Test
  void countsAddUpOverWorkers() throws Exception {
    try (StubServer server = StubServer.answering(StubServer.GOOD)) {
      LoadResult result = run(new PlanFor(server).rate("300").millis(2_000), LoadListener.SILENT);
      assertEquals(600, result.totals().requests());
      assertEquals(0, result.totals().errors());
      assertEquals(600, server.requests.get());
      assertEquals(600, result.totals().latencyMillis().orElseThrow().count());
      assertTrue(result.evidence().timeline().size() >= 2);
      assertEquals(Slowest.KEPT, result.evidence().slowest().size());
      assertNobodyIsLeft();
    }
  }

  @Test
  void errorsOfAllWorkersAreTold() throws Exception {
    try (StubServer server = StubServer.answering(StubServer.json(500, "{\"no\": 1}"))) {
      LoadResult result = run(new PlanFor(server).users(4, "50ms"), LoadListener.SILENT);
      ErrorCount error = result.evidence().errors().getFirst();
      assertEquals("status 500", error.kind());
      assertEquals(result.totals().errors(), error.count());
      assertTrue(error.example().contains("{\"no\": 1}"));
    }
  }

  @Test
  void aLostWorkerIsSaidAndJudged() throws Exception {
    try (StubServer server = StubServer.answering(StubServer.GOOD)) {
      LoadResult result =
          run(
              new PlanFor(server).users(4, "20ms").millis(3_000),
              (now, _) -> {
                if (now.second() > 1 && now.second() < 2) {
                  ProcessHandle.of(started.getLast().pid()).orElseThrow().destroyForcibly();
                }
              });
      assertFalse(result.valid());
      String reason =
          result.invalidBecause().stream()
              .filter(why -> why.startsWith("worker 2 of 2 was lost"))
              .findFirst()
              .orElseThrow();
      assertTrue(reason.contains("exit code"), reason);
      assertTrue(result.totals().requests() > 0);
      assertEquals(0, result.totals().errors());
      assertNobodyIsLeft();
    }
  }

  @Test
  void allObeyTheOneWhoStoppedThem() throws Exception {
    LoadTest test = test();
    try (StubServer server = StubServer.answering(StubServer.GOOD)) {
      LoadResult result =
          test.run(
              new PlanFor(server).users(4, "20ms").millis(60_000).plan(),
              folder,
              (now, _) -> {
                if (now.second() < 1.5) {
                  test.change(10);
                } else if (now.users() == 10) {
                  test.stop();
                }
              });
      assertTrue(result.totals().seconds() < 30);
      assertTrue(
          result.valid() || result.invalidBecause().stream().noneMatch(w -> w.contains("lost")));
    }
  }

  @Test
  void anOrderIsReadAsItWasWritten() throws Exception {
    Path calls = Files.writeString(folder.resolve("calls"), "0\n0.5\n");
    for (Load load :
        List.of(
            new Load.Closed(Profile.parse("1..9/2s, 3/1s"), 2.5, Wait.parse("every 2s")),
            new Load.Open(Profile.parse("0.5..20"), 7),
            new Load.Replay(ArrivalFile.read(calls), 3))) {
      LoadPlan plan =
          new PlanFor(URI.create("https://127.0.0.1:1"))
              .task(
                  new Task(
                      "ä",
                      3,
                      new Task.Request("POST", "/x", Map.of(), new Payloads.Literal("{\"é\":1}")),
                      new Expect(List.of("200", "3xx"), "ok"),
                      Optional.of(Wait.parse("1s..2s"))))
              .load(load)
              .plan();
      WorkerOrder order =
          new WorkerOrder(
              plan, List.of(RenderedRequest.of(plan, plan.tasks().getFirst())), new Share(1, 3));
      WorkerOrder read = WorkerOrder.parse(order.json());
      assertEquals(order.json(), read.json());
      assertEquals(order.requests(), read.requests());
    }
  }

  @Test
  void mergedHistogramsAreTheOneThatASingleWorkerWouldHaveMade() throws IOException {
    Random random = new Random(5);
    Harvest whole = new Harvest(1);
    Harvest merged = new Harvest(1);
    for (int worker = 0; worker < 3; worker++) {
      Harvest part = new Harvest(1);
      for (int i = 0; i < 10_000; i++) {
        long nanos = (long) Math.exp(10 + 12 * random.nextDouble());
        part.tasks().getFirst().latency().recordValue(nanos);
        whole.tasks().getFirst().latency().recordValue(nanos);
      }
      part.excluded().addErrors(worker);
      Frames.readSecond(Frames.second(part, 0), merged);
    }
    Histogram expected = whole.tasks().getFirst().latency();
    assertEquals(expected, merged.tasks().getFirst().latency());
    assertEquals(3, merged.excluded().errors());
  }

  private LoadTest test() {
    WithWorkers two =
        new WithWorkers(
            2,
            (count, longest, progress) -> {
              Crew crew = Processes.start(count, longest, progress);
              crew.workers().forEach(worker -> started.add((WorkerProcess) worker));
              return crew;
            });
    return new LoadTest(ReplicaSampler.NONE, two, Optional.empty());
  }

  private LoadResult run(PlanFor plan, LoadListener listener) throws InterruptedException {
    return test().run(plan.plan(), folder, listener);
  }

  private void assertNobodyIsLeft() throws InterruptedException {
    for (WorkerProcess process : started) {
      process.ending();
      assertFalse(ProcessHandle.of(process.pid()).map(ProcessHandle::isAlive).orElse(false));
    }
  }
}
