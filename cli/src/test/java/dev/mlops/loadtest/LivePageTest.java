package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The live page, by hand and in a browser. */
final class LivePageTest {
  // A browser goes on writing for a moment after its end.
  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  private StubServer service;
  private LiveRuns runs;
  private LivePage page;

  @BeforeEach
  void open() throws IOException {
    service = StubServer.answering(StubServer.GOOD);
    runs = runs(Launch.here());
    page = LivePage.open(runs, 0);
  }

  private LiveRuns runs(Launch launch) {
    return new LiveRuns(
        new LiveRuns.Bench(
            this::plan,
            () ->
                new LoadTest(
                    () -> Optional.of(new ReplicaSampler.Sample(3, 2, Optional.of(40))),
                    launch,
                    Optional.empty()),
            () -> folder.resolve("report")));
  }

  /** Workers that take longer to come than anybody waits. */
  private LiveRuns runsWithWorkersOnTheWay() {
    return runs((_, progress) -> {
      progress.accept("1 of 2 workers are there");
      new CountDownLatch(1).await();
      throw new IllegalStateException("nobody lets it go on");
    });
  }

  private LoadPlan plan(LoadOverrides asked) {
    int users = asked.users().map(level -> (int) level.first()).orElse(7);
    return new PlanFor(service).users(String.valueOf(users), 1_000, "10ms").millis(60_000).plan();
  }

  @AfterEach
  void close() throws IOException {
    page.close();
    service.close();
  }

  @Test
  void nobodyElseCanSteerIt() throws Exception {
    assertEquals(200, get("/").statusCode());
    assertEquals(200, post("/stop", "application/json", "").statusCode());
    assertEquals(403, post("/start", "text/plain", "").statusCode(), "a form of another page");
    assertEquals(
        403, post("/start", "application/json", "http://example.com").statusCode(), "its script");
    assertEquals(404, get("/other").statusCode());
    assertEquals(404, get("/report").statusCode());
    HttpResponse<String> wrong = send("/start", "{\"users\": \"many\"}", "application/json", "");
    assertEquals(400, wrong.statusCode());
    assertTrue(wrong.body().contains("'many' is no level"), wrong.body());
  }

  @Test
  void aRunIsStartedChangedStoppedAndAnswered() throws Exception {
    CompletableFuture<Optional<LoadResult>> answer =
        CompletableFuture.supplyAsync(() -> {
          try {
            return runs.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertEquals(200, send("/start", "{\"users\": \"3\"}", "application/json", "").statusCode());
    assertEquals(400, send("/start", "{}", "application/json", "").statusCode(), "one at a time");
    awaitUsers(3);
    assertEquals(200, send("/change", "{\"level\": 9}", "application/json", "").statusCode());
    awaitUsers(9);
    assertEquals(200, post("/quit", "application/json", "").statusCode());
    LoadResult result = answer.join().orElseThrow();
    assertEquals(Optional.of("it was stopped"), result.endedEarly());
    assertEquals(0, result.totals().errors());
  }

  @Test
  void whatIsWaitedForIsToldAndCanBeStopped() throws Exception {
    LiveRuns waiting = runsWithWorkersOnTheWay();
    var events = waiting.feed().listen();
    for (int run = 0; run < 2; run++) {
      waiting.start(LoadOverrides.NONE);
      assertTrue(events.take().contains("event: started"));
      assertTrue(events.take().contains("1 of 2 workers are there"));
      waiting.stop();
      assertTrue(events.take().contains("it was stopped before it began"));
    }
    assertEquals(Optional.empty(), waiting.last());
    assertFalse(Files.exists(folder.resolve("report")));
  }

  private void awaitUsers(int users) throws InterruptedException {
    var events = runs.feed().listen();
    while (!events.take().contains("\"users\":" + users + ",")) {
      // The next second.
    }
    runs.feed().leave(events);
  }

  @Test
  void worksInABrowser() throws Exception {
    Optional<Path> executable = Browser.executable();
    assumeTrue(executable.isPresent(), "no Chromium here");
    Path profile = Files.createDirectories(folder.resolve("profile"));
    try (Browser browser = new Browser(executable.get(), profile)) {
      browser.go(page.address());
      browser.await("document.querySelector('[name=users]').value === '7'");
      assertEquals("Load test of " + service.address(), browser.value("document.title"));
      browser.value("document.querySelector('[name=users]').value = '5'; $('start').click()");
      browser.await("$('users').textContent === '5'");
      browser.await("seconds.length >= 3 && $('throughput-chart').querySelector('.line.a')");
      assertEquals("2 of 3", browser.value("$('replicas').textContent"));
      browser.value("document.querySelector('[name=users]').value = '8'; $('change').click()");
      browser.await("$('users').textContent === '8'");
      browser.screenshot(folder.resolve("light.png"));
      browser.dark();
      browser.screenshot(folder.resolve("dark.png"));
      browser.value("$('stop').click()");
      browser.await("!$('report').hidden");
      assertTrue(browser.value("$('tasks').textContent").startsWith("predict"));
      browser.go(page.address().resolve("/report"));
      browser.await("document.querySelector('h1') && document.title.startsWith('Load test')");
      browser.await("getComputedStyle(document.querySelector('section')).borderRadius === '10px'");
      try (LivePage other = LivePage.open(runsWithWorkersOnTheWay(), 0)) {
        browser.go(other.address());
        browser.await("document.querySelector('[name=users]').value === '7'");
        browser.value("$('start').click()");
        browser.await("$('detail').textContent === '1 of 2 workers are there'");
        browser.screenshot(folder.resolve("waiting.png"));
        browser.value("$('stop').click()");
        browser.await("$('detail').textContent === 'it was stopped before it began'");
      }
      assertEquals(List.of(), browser.complaints);
    }
    Optional.ofNullable(System.getenv("MLOPS_SCREENSHOTS")).ifPresent(to -> copy(Path.of(to)));
  }

  private void copy(Path to) {
    try {
      for (String name : List.of("light.png", "dark.png", "waiting.png", "report/report.html")) {
        Files.copy(folder.resolve(name), to.resolve(Path.of(name).getFileName().toString()));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = page.address().resolve(path);
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private HttpResponse<String> post(String path, String type, String origin) throws Exception {
    return send(path, "{}", type, origin);
  }

  private HttpResponse<String> send(String path, String body, String type, String origin)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(page.address().resolve(path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!origin.isEmpty()) {
      request.header("Origin", origin);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
