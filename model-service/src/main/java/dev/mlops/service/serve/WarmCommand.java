package dev.mlops.service.serve;

import dev.mlops.service.artifact.Artifact;
import dev.mlops.service.http.Listen;
import dev.mlops.service.predict.Batching;
import dev.mlops.service.telemetry.JsonLog;
import dev.mlops.service.telemetry.Severity;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Starts the service on a free port of the loopback interface, sends it all kinds of requests for
 * some seconds, drains it and ends: the run from which the JVM learns what a start needs, when an
 * image is built.
 */
public final class WarmCommand {
  private static final Duration TIME = Duration.ofSeconds(3);

  private WarmCommand() {}

  /**
   * @return the exit code: 1 if the service did not start or gave a wrong answer
   */
  public static int run(Map<String, String> environment) {
    try (JsonLog log = new JsonLog(new FileOutputStream(FileDescriptor.out))) {
      try {
        long requests = warm(environment);
        log.log(Severity.INFO, "Warmed up by " + requests + " requests");
        return 0;
      } catch (StartException e) {
        log.log(Severity.ERROR, e.getMessage());
      } catch (IOException e) {
        log.log(Severity.ERROR, "The service could not be reached: " + e.getMessage());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      return 1;
    }
  }

  private static long warm(Map<String, String> environment)
      throws IOException, InterruptedException {
    Settings settings = onLoopback(new SettingsReader(environment).read());
    // Its own log is written like any other, only nobody reads the thousands of refusals.
    try (JsonLog log = new JsonLog(OutputStream.nullOutputStream())) {
      Service service = Service.bind(settings, log);
      try {
        Rehearsal rehearsal = new Rehearsal(service.port(), settings.paths());
        rehearsal.beforeReady();
        Artifact artifact = service.load();
        return rehearsal.run(artifact, TIME);
      } finally {
        service.drain();
      }
    }
  }

  private static Settings onLoopback(Settings settings) {
    return new Settings(
        new Listen("127.0.0.1", 0, settings.listen().connections(), settings.listen().patience()),
        settings.model(),
        settings.paths(),
        new Settings.Drain(Duration.ZERO, settings.drain().limit()),
        new Settings.Traces(settings.traces().ratio(), Optional.empty()),
        Batching.NONE);
  }
}
