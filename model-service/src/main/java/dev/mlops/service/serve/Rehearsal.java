package dev.mlops.service.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.service.api.Paths;
import dev.mlops.service.artifact.GoldenRow;
import dev.mlops.service.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Requests of every kind, each with the status that it has to get. */
final class Rehearsal {
  private static final int REFUSALS_EVERY = 64;

  private final int port;
  private final Paths paths;
  private long requests;

  private record Case(String request, int status) {}

  Rehearsal(int port, Paths paths) {
    this.port = port;
    this.paths = paths;
  }

  /** What is asked of a service without a model. */
  void beforeReady() throws IOException {
    try (RehearsalClient client = new RehearsalClient(port)) {
      send(client, get(paths.liveness(), 200));
      send(client, get(paths.readiness(), 503));
      send(client, post("{}", 503));
    }
  }

  /**
   * Sends rows one by one and in lists, and now and then what has to be refused.
   *
   * @return how many requests were sent
   */
  long run(List<GoldenRow> golden, Duration time) throws IOException {
    List<Case> rows = rows(golden);
    List<Case> others = others();
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      // A new connection each time: taking one in is part of the start, too.
      try (RehearsalClient client = new RehearsalClient(port)) {
        for (int i = 0; i < REFUSALS_EVERY; i++) {
          send(client, rows.get(i % rows.size()));
        }
        for (Case other : others) {
          send(client, other);
        }
      }
    }
    return requests;
  }

  private void send(RehearsalClient client, Case one) throws IOException {
    int status = client.send(one.request());
    requests++;
    if (status != one.status()) {
      throw new StartException(
          "The service answered %d where %d is right: %s"
              .formatted(status, one.status(), one.request().lines().findFirst().orElse("")));
    }
  }

  private static List<Case> rows(List<GoldenRow> golden) {
    List<Case> rows = new ArrayList<>();
    List<Object> all = new ArrayList<>();
    for (GoldenRow row : golden) {
      rows.add(post(Json.line(row.input()), 200));
      all.add(row.input());
    }
    rows.add(post(Json.line(all), 200));
    return rows;
  }

  private List<Case> others() {
    return List.of(
        get(paths.liveness(), 200),
        get(paths.readiness(), 200),
        get("/metrics", 200),
        get("/nowhere", 404),
        get("/predict", 405),
        post("{\"no such field\":1}", 400),
        post("{", 400),
        post("[1]", 400),
        new Case(
            "POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 1\r\n\r\n1",
            415));
  }

  private static Case get(String path, int status) {
    return new Case("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n", status);
  }

  private static Case post(String body, int status) {
    return new Case(
        """
        POST /predict HTTP/1.1\r
        Host: x\r
        Content-Type: application/json\r
        traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r
        Content-Length: %d\r
        \r
        %s\
        """
            .formatted(body.getBytes(UTF_8).length, body),
        status);
  }
}
