package dev.mlops.service.serve;

import dev.mlops.service.api.Endpoints;
import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.http.HttpServer;
import dev.mlops.service.predict.ServedModel;
import dev.mlops.service.telemetry.JsonLog;
import dev.mlops.service.telemetry.MetricsPage;
import dev.mlops.service.telemetry.ProcessAge;
import dev.mlops.service.telemetry.ProcessMetrics;
import dev.mlops.service.telemetry.Severity;
import dev.mlops.service.trace.OtlpExporter;
import dev.mlops.service.trace.Tracing;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A running service: bound first, ready later, drained once. */
final class Service {
  private static final Duration WORTH_BATCHING = Duration.of(50, ChronoUnit.MICROS);

  private final Settings settings;
  private final JsonLog log;
  private final Endpoints endpoints;
  private final Optional<OtlpExporter> exporter;
  private final HttpServer server;

  private Service(Settings settings, JsonLog log) throws IOException {
    this.settings = settings;
    this.log = log;
    endpoints = new Endpoints(settings.paths());
    exporter = settings.traces().export().map(otlp -> OtlpExporter.start(otlp, log));
    Tracing tracing = new Tracing(settings.traces().ratio(), exporter.map(OtlpExporter::queue));
    server = new HttpServer(settings.listen(), endpoints.routes(), log, tracing);
    exporter.map(OtlpExporter::queue).ifPresent(endpoints::show);
    endpoints.show(server);
    endpoints.show(new ProcessMetrics());
    endpoints.show(log);
  }

  /**
   * Listens; liveness is answered from here on.
   *
   * @throws StartException if the port can't be had
   */
  static Service bind(Settings settings, JsonLog log) {
    try {
      return new Service(settings, log);
    } catch (IOException e) {
      throw new StartException(
          "Can't listen on %s port %d: %s"
              .formatted(settings.listen().host(), settings.listen().port(), e.getMessage()),
          e);
    }
  }

  /**
   * Loads the model, tries it and serves it.
   *
   * @return the model
   * @throws StartException if it can't be read or does not predict as it did in training
   */
  Artifact load() {
    try {
      Artifact artifact = Artifact.read(settings.model());
      ServedModel model =
          new ServedModel(artifact, Artifact.digest(settings.model()), HttpServer.threads());
      Trial trial = new Trial(model, artifact.golden());
      trial.replay();
      trial.warmUp();
      if (settings.batching().isWanted()) {
        batch(model, trial.cost());
      }
      endpoints.take(model);
      server.serve(endpoints.routes());
      endpoints.ready();
      Duration start = ProcessAge.now();
      endpoints.show(page -> writeStart(start, page));
      log.log(
          Severity.INFO,
          "Ready on port %d with %s after %d ms"
              .formatted(server.port(), model.title(), start.toMillis()));
      return artifact;
    } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
      // Whatever it is: a process that lives and never gets ready would only be waited for.
      throw StartException.of(settings.model(), e);
    }
  }

  /** Waiting for others pays only where a prediction takes longer than the waiting's own cost. */
  private void batch(ServedModel model, Duration cost) {
    boolean pays = cost.compareTo(WORTH_BATCHING) > 0;
    if (pays) {
      model.batch(settings.batching());
    }
    log.log(
        Severity.INFO,
        "One row takes %d µs: %s"
            .formatted(
                cost.toNanos() / 1000,
                pays
                    ? "rows of several requests are predicted together"
                    : "too little to wait for others, so each request is predicted by itself"));
  }

  int port() {
    return server.port();
  }

  void drain() throws InterruptedException {
    log.log(Severity.INFO, "Draining");
    server.endKeepAlive();
    endpoints.drain();
    boolean answered = server.stop(settings.drain().delay(), settings.drain().limit());
    exporter.ifPresent(OtlpExporter::close);
    log.log(
        answered ? Severity.INFO : Severity.WARNING,
        answered ? "Stopped: every request was answered" : "Stopped with requests unanswered");
  }

  /** The figure that a startup probe is sized from: docs/decisions/startup-probe.md. */
  private static void writeStart(Duration start, MetricsPage page) {
    page.gauge("service_startup_seconds", "From the start of the process until it was ready.");
    page.sample(start.toMillis() / 1e3);
  }
}
