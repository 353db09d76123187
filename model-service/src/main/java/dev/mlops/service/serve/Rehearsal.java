package dev.mlops.service.serve;

import dev.mlops.service.api.Paths;
import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.artifact.GoldenRow;
import dev.mlops.service.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Requests of every kind, each with the status that it has to get. */
final class Rehearsal {
  /** Nearly all requests of a service are single rows: what the JVM learns has to look so. */
  private static final int ROWS_BETWEEN = 1000;

  private static final String OPEN_METRICS = "Accept: application/openmetrics-text\r\n";

  private final int port;
  private final Paths paths;
  private long requests;

  Rehearsal(int port, Paths paths) {
    this.port = port;
    this.paths = paths;
  }

  /** What is asked of a service without a model. */
  void beforeReady() throws IOException {
    try (RehearsalClient client = new RehearsalClient(port)) {
      send(client, Case.get(paths.liveness(), 200));
      send(client, Case.get(paths.readiness(), 503));
      send(client, row("{}", 503));
    }
  }

  /**
   * Sends rows one by one, and now and then everything else that may come.
   *
   * @return how many requests were sent
   */
  long run(Artifact artifact, Duration time) throws IOException {
    List<Case> rows = artifact.golden().stream().map(Rehearsal::usual).toList();
    List<Case> others = new ArrayList<>(others(artifact));
    others.addAll(new OtherProtocols(artifact).cases());
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      // A new connection each time: taking one in is part of the start, too.
      try (RehearsalClient client = new RehearsalClient(port)) {
        for (int i = 0; i < ROWS_BETWEEN; i++) {
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

  private List<Case> others(Artifact artifact) {
    return List.of(
        row(Json.line(artifact.golden().stream().map(GoldenRow::input).toList()), 200),
        row("{\"no such field\":1}", 400),
        row("{", 400),
        row("[1]", 400),
        Case.post("/predict", "Content-Type: text/csv\r\n", "1", 415),
        Case.get("/predict", 405),
        Case.get(paths.liveness(), 200),
        Case.get(paths.readiness(), 200),
        Case.get("/metrics", 200),
        Case.get("/metrics", OPEN_METRICS, 200),
        Case.get("/drift", 200),
        Case.get("/openapi.json", 200),
        Case.get("/", 200),
        Case.get("/nowhere", 404));
  }

  private static Case row(String body, int status) {
    return Case.post("/predict", body, status);
  }

  /** Without a trace, as nearly all are. */
  private static Case usual(GoldenRow row) {
    return Case.post("/predict", "Content-Type: application/json\r\n", Json.line(row.input()), 200);
  }
}
