package dev.mlops.service.serve;

import dev.mlops.service.telemetry.JsonLog;
import dev.mlops.service.telemetry.Severity;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.Map;
import java.util.Optional;

/** Serves until SIGTERM. */
public final class ServeCommand {
  private static final int STOPPED = 0;
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private ServeCommand() {}

  /**
   * Starts the service, whose threads then keep the process alive.
   *
   * @return the exit code if it could not start
   */
  public static Optional<Integer> run(Map<String, String> environment) {
    JsonLog log =
        new JsonLog(
            new FileOutputStream(FileDescriptor.out),
            Optional.ofNullable(environment.get("GOOGLE_CLOUD_PROJECT")));
    SettingsReader reader = new SettingsReader(environment);
    Settings settings = reader.read();
    if (!reader.problems().isEmpty()) {
      reader.problems().forEach(problem -> log.log(Severity.ERROR, problem));
      log.close();
      return Optional.of(MISUSED);
    }
    try {
      start(settings, log);
      return Optional.empty();
    } catch (StartException e) {
      log.log(Severity.ERROR, e.getMessage());
      log.close();
      return Optional.of(FAILED);
    }
  }

  private static void start(Settings settings, JsonLog log) {
    Service service = Service.bind(settings, log);
    Thread onSignal = new Thread(() -> stop(service, log), "drain");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      service.load();
    } catch (StartException e) {
      if (isRemoved(onSignal)) {
        throw e;
      }
    }
  }

  /** Ends the process with 0: left to itself, the JVM would tell of the signal by 143. */
  private static void stop(Service service, JsonLog log) {
    try {
      service.drain();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    log.close();
    Runtime.getRuntime().halt(STOPPED);
  }

  /** False if the process is already on its way out, by a signal that came during the start. */
  private static boolean isRemoved(Thread hook) {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      return false;
    }
  }
}
