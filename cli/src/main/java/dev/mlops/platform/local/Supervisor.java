package dev.mlops.platform.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.platform.EnvironmentLock;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The process in the background that runs an environment's replicas. It does what it is told over
 * {@link ControlServer}, restarts and scales in between, and drains everything when it is asked to
 * end (SIGTERM). Started by {@link SupervisorStart}; its only argument is the environment's folder.
 */
public final class Supervisor {
  private static final Duration LEFT_OVER = Duration.ofSeconds(5);
  private static final int IDLE_TICKS = 60;
  private static final int TOKEN_BYTES = 32;

  private final LocalFolder folder;
  private final LocalService service;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  private Supervisor(LocalFolder folder) {
    this.folder = folder;
    this.service = new LocalService(folder);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    // Digits, commas and dates in what programs read are the same wherever it was written.
    Locale.setDefault(Locale.ROOT);
    Session.leave();
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    var folder = new LocalFolder(Path.of(args[0]));
    try (var _ = EnvironmentLock.acquire(folder.root().resolve("supervisor.lock"), "supervisor")) {
      // Where there is no shell to tie them, replicas may have outlived a supervisor.
      Processes.endAll(folder, LEFT_OVER);
      new Supervisor(folder).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    byte[] secret = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(secret);
    String token = HexFormat.of().formatHex(secret);
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "stop"));
    try (var control = new ControlServer(token, this::handle)) {
      control.start();
      ProcessHandle self = ProcessHandle.current();
      long started = Processes.startOf(self);
      new SupervisorId(folder.root().toString(), self.pid(), started, control.port(), token)
          .write(folder);
      untilStopped();
      if (!service.isEnded()) {
        service.end(words -> log(System.Logger.Level.INFO, words));
      }
    } finally {
      Files.deleteIfExists(folder.supervisor());
      ended.countDown();
    }
  }

  private void untilStopped() throws InterruptedException {
    int idle = 0;
    while (!stop.await(Scaler.PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
      idle = service.isIdle() ? idle + 1 : 0;
      if (idle >= IDLE_TICKS) {
        return; // started by a command that has died before it said what for
      }
      try {
        service.autoscale();
      } catch (RuntimeException e) {
        // Whatever it is, the service must not end for it; the next tick tries again.
        System.getLogger("mlops").log(System.Logger.Level.WARNING, "Autoscaling failed", e);
      }
    }
  }

  private void stopAndWait() {
    stop.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Status handle(JsonNode request, Consumer<String> progress) throws InterruptedException {
    String verb = request.path("verb").asText();
    return switch (verb) {
      case "status" -> service.status();
      case "apply" -> apply(request, progress);
      case "resume" -> service.resume(progress);
      case "pause" -> {
        Status paused = service.pause(progress);
        stop.countDown();
        yield paused;
      }
      default ->
          throw Code.LOCAL_SUPERVISOR_LOST.problem(
              "The supervisor does not know `" + verb + "`",
              "It was started by another version of mlops.",
              "mlops pause, then mlops resume");
    };
  }

  private Status apply(JsonNode request, Consumer<String> progress) throws InterruptedException {
    try {
      return service.apply(LocalOrder.of(request.path("order")), progress);
    } finally {
      if (service.isIdle()) {
        stop.countDown(); // the first release ever failed: nothing is left to supervise
      }
    }
  }

  private static void log(System.Logger.Level level, String words) {
    System.getLogger("mlops").log(level, words);
  }
}
