package dev.mlops.service.http;

import static dev.mlops.service.http.RunningServer.get;
import static dev.mlops.service.http.RunningServer.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.telemetry.JsonLog;
import dev.mlops.service.trace.Tracing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More than there is time for, over real sockets. */
@Timeout(60)
final class OverloadTest {
  private static final int WORK_MILLIS = 10;

  /** Ten times what the event loops can do in the time that a request may wait for its turn. */
  private static final int REQUESTS =
      10 * HttpServer.threads() * (int) (Patience.usual().turn().toMillis() / WORK_MILLIS);

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final JsonLog log = new JsonLog(logged);
  private final CountDownLatch began = new CountDownLatch(HttpServer.threads());
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicIntegerArray worked = new AtomicIntegerArray(HttpServer.threads());
  private final List<RawClient> clients = new ArrayList<>();
  private HttpServer server;
  private boolean stopped;

  @BeforeEach
  void start() throws Exception {
    server = serve(Patience.usual());
  }

  private HttpServer serve(Patience patience) throws IOException {
    List<Route> routes =
        List.of(
            Route.post("/predict", this::work),
            Route.post("/fast", (_, response) -> done(response)),
            Route.post("/block", (_, response) -> block(response)),
            Route.get("/page", this::work),
            Route.health("/live_check", this::check));
    Listen listen = new Listen("127.0.0.1", 0, 2 * REQUESTS, patience);
    return new HttpServer(listen, routes, log, Tracing.logged(0));
  }

  @AfterEach
  void stop() throws Exception {
    release.countDown();
    for (RawClient client : clients) {
      client.close();
    }
    if (!stopped) {
      server.stop(Duration.ZERO, Duration.ZERO);
    }
    log.close();
  }

  @Test
  void refusesWhatItHasNoTimeForAndNeverAHealthCheck() throws Exception {
    connect(REQUESTS + 2 * HttpServer.threads());
    List<RawClient> checks = clients.subList(REQUESTS, REQUESTS + HttpServer.threads());
    block(clients.subList(REQUESTS + HttpServer.threads(), clients.size()));
    for (int i = 0; i < REQUESTS; i++) {
      clients.get(i).send(post("{}"));
    }
    for (RawClient check : checks) {
      check.send(get("/live_check"));
    }
    release.countDown();
    for (RawClient check : checks) {
      RawClient.Answer answer = check.answer();
      assertEquals(200, answer.status());
      int before = Integer.parseInt(answer.body());
      assertTrue(before <= 5, "answered behind " + before + " requests, which it came after");
    }
    int served = 0;
    for (int i = 0; i < REQUESTS; i++) {
      RawClient.Answer answer = clients.get(i).answer();
      if (answer.status() == 200) {
        served++;
      } else {
        assertEquals(503, answer.status());
        assertEquals("1", answer.header("retry-after"));
        assertTrue(answer.body().contains("\"overloaded\""), answer.body());
      }
    }
    assertTrue(served > 0 && served < REQUESTS / 2, served + " of " + REQUESTS);
    log.close();
    long lines = logged.toString(UTF_8).lines().filter(line -> line.contains("overloaded")).count();
    assertTrue(lines > 0 && lines < REQUESTS - served, lines + " lines");
    // It is over, and the same connections are served again.
    for (RawClient client : clients.subList(0, 5)) {
      assertEquals(200, client.send(post("{}")).answer().status());
    }
  }

  @Test
  void letsNobodyWaitForPages() throws Exception {
    int pages = 20 * HttpServer.threads();
    connect(pages + 2 * HttpServer.threads());
    List<RawClient> checks = clients.subList(pages, pages + HttpServer.threads());
    block(clients.subList(pages + HttpServer.threads(), clients.size()));
    for (RawClient client : clients.subList(0, pages)) {
      client.send(get("/page").repeat(5));
    }
    for (RawClient check : checks) {
      check.send(get("/live_check"));
    }
    release.countDown();
    for (RawClient check : checks) {
      int before = Integer.parseInt(check.answer().body());
      assertTrue(before <= 5, "answered behind " + before + " pages");
    }
    for (RawClient client : clients.subList(0, pages)) {
      for (int i = 0; i < 5; i++) {
        int status = client.answer().status();
        assertTrue(status == 200 || status == 503, "status " + status);
      }
    }
  }

  @Test
  void answersWhatOneClientSentAtOnceInItsOrder() throws Exception {
    server.stop(Duration.ZERO, Duration.ZERO);
    server = serve(RunningServer.PATIENT);
    connect(3);
    for (RawClient client : clients) {
      client.send(post("first").repeat(2) + post("second") + post("third"));
    }
    clients.removeFirst().hangUp();
    for (RawClient client : clients) {
      for (String body : List.of("first", "first", "second", "third")) {
        RawClient.Answer answer = client.answer();
        assertEquals(200, answer.status());
        assertEquals(body, answer.body());
      }
    }
  }

  /** The listener's queue holds connections that the kernel has taken and nobody has asked for. */
  @Test
  void answersWhoWasStillInTheQueueWhenItStopped() throws Exception {
    connect(HttpServer.threads());
    block(List.copyOf(clients));
    connect(200);
    for (RawClient client : clients.subList(HttpServer.threads(), clients.size())) {
      client.send(post("/fast", "", "{}"));
    }
    stopped = true;
    CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(this::stopGently);
    release.countDown();
    for (RawClient client : clients) {
      assertEquals(200, client.answer().status());
      client.hangUp();
    }
    assertTrue(ended.join());
  }

  private void connect(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      clients.add(new RawClient(server.port()));
    }
  }

  /** Keeps each event loop from doing anything; connections are dealt out to them in turn. */
  private void block(List<RawClient> blockers) throws IOException, InterruptedException {
    for (RawClient blocker : blockers) {
      blocker.send(post("/block", "", "{}"));
    }
    began.await();
  }

  private void block(Response response) {
    began.countDown();
    try {
      release.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    done(response);
  }

  private boolean stopGently() {
    try {
      return server.stop(Duration.ZERO, Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  private static void done(Response response) {
    response.body().append("{}".getBytes(UTF_8));
    response.send(Status.OK, Content.JSON);
  }

  private void work(Request request, Response response) {
    try {
      Thread.sleep(WORK_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    worked.incrementAndGet(request.thread());
    response
        .body()
        .append(
            Arrays.copyOfRange(
                request.bytes(), request.bodyFrom(), request.bodyFrom() + request.bodyLength()));
    response.send(Status.OK, Content.JSON);
  }

  /** Says how much work its event loop has done before. */
  private void check(Request request, Response response) {
    response.body().append(Integer.toString(worked.get(request.thread())).getBytes(UTF_8));
    response.send(Status.OK, Content.JSON);
  }
}
