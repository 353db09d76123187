package dev.mlops.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.service.api.Endpoints;
import dev.mlops.service.api.Paths;
import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.artifact.SampleArtifact;
import dev.mlops.service.predict.Batching;
import dev.mlops.service.predict.ServedModel;
import dev.mlops.service.telemetry.JsonLog;
import dev.mlops.service.telemetry.ProcessMetrics;
import dev.mlops.service.trace.Tracing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;

/** The real server with the sample model, on a free port. */
final class RunningServer implements AutoCloseable {
  static final String GOOD = "{\"size\":1.5,\"weight\":2,\"colour\":\"red\",\"sold\":true}";
  private static final String DIGEST = "sha256:0123456789abcdef";
  private static final Artifact ARTIFACT = SampleArtifact.train();

  /**
   * On a busy machine a test's request may wait long for its turn; overload has tests of its own.
   */
  static final Patience PATIENT =
      new Patience(
          Patience.usual().header(),
          Patience.usual().body(),
          Patience.usual().idle(),
          Patience.usual().stalled(),
          Patience.usual().linger(),
          Duration.ofMinutes(1));

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final JsonLog log = new JsonLog(logged);
  private final Endpoints endpoints = new Endpoints(Paths.usual());
  private final HttpServer server;
  private volatile boolean drained;

  private RunningServer(int connections, Patience patience, double traceRatio) throws IOException {
    this(connections, patience, Tracing.logged(traceRatio));
  }

  private RunningServer(int connections, Patience patience, Tracing tracing) throws IOException {
    Listen listen = new Listen("127.0.0.1", 0, connections, patience);
    server = new HttpServer(listen, endpoints.routes(), log, tracing);
    endpoints.show(server);
    endpoints.show(new ProcessMetrics());
  }

  static RunningServer starting() throws IOException {
    return new RunningServer(1000, PATIENT, 0);
  }

  static RunningServer ready() throws IOException {
    return ready(1000, 0);
  }

  static RunningServer ready(int connections, double traceRatio) throws IOException {
    return ready(new RunningServer(connections, PATIENT, traceRatio));
  }

  static RunningServer traced(Tracing tracing) throws IOException {
    return ready(new RunningServer(1000, PATIENT, tracing));
  }

  /** Of another model. */
  static RunningServer of(Artifact artifact) throws IOException {
    RunningServer running = new RunningServer(1000, PATIENT, 0);
    running.serve(new ServedModel(artifact, DIGEST, HttpServer.threads()));
    return running;
  }

  /** Of another model, whose rows are predicted together. */
  static RunningServer batched(Artifact artifact, Batching batching) throws IOException {
    RunningServer running = new RunningServer(1000, PATIENT, 0);
    ServedModel model = new ServedModel(artifact, DIGEST, HttpServer.threads());
    model.batch(batching);
    running.serve(model);
    return running;
  }

  static RunningServer impatient(Patience patience) throws IOException {
    return ready(new RunningServer(1000, patience, 0));
  }

  private static RunningServer ready(RunningServer running) {
    running.becomeReady();
    return running;
  }

  void becomeReady() {
    serve(new ServedModel(ARTIFACT, DIGEST, HttpServer.threads()));
  }

  private void serve(ServedModel model) {
    endpoints.take(model);
    server.serve(endpoints.routes());
    endpoints.ready();
  }

  RawClient client() throws IOException {
    return new RawClient(server.port());
  }

  int port() {
    return server.port();
  }

  boolean drain(Duration delay, Duration limit) throws InterruptedException {
    drained = true;
    server.endKeepAlive();
    endpoints.drain();
    return server.stop(delay, limit);
  }

  /** Everything logged; the log is closed by asking. */
  String log() {
    log.close();
    return logged.toString(UTF_8);
  }

  static String post(String body) {
    return post("Content-Type: application/json\r\n", body);
  }

  static String post(String headers, String body) {
    return post("/predict", headers, body);
  }

  static String post(String path, String headers, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: x\r\n"
        + headers
        + "Content-Length: "
        + body.getBytes(UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  @Override
  public void close() {
    try {
      if (!drained) {
        drain(Duration.ZERO, Duration.ZERO);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    log.close();
  }
}
