package dev.mlops.platform.local;

import dev.mlops.process.Tie;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One process of a replica, tied to the supervisor. Where it can't be tied, what is left over is
 * ended when the supervisor next starts.
 */
final class ReplicaProcess {
  private static final int KILLED = 128;

  private final Process process;
  private final Thread pump;

  private ReplicaProcess(Process process, Thread pump) {
    this.process = process;
    this.pump = pump;
  }

  static ReplicaProcess start(Launch launch, int port, ReplicaLog log) throws IOException {
    var builder = new ProcessBuilder(Tie.to(launch.command()));
    builder.directory(launch.directory().toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(launch.environment(port));
    Process process = builder.start();
    Thread pump =
        Thread.ofPlatform()
            .daemon()
            .name("log-" + process.pid())
            .start(new LinePump(process.getInputStream(), log));
    return new ReplicaProcess(process, pump);
  }

  long pid() {
    return process.pid();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Waits for the end, and for the last of its output. */
  String awaitEnd() throws InterruptedException {
    int code = process.waitFor();
    // A child of the service may hold its output open for ever.
    pump.join(Duration.ofSeconds(1));
    return code > KILLED
        ? "was ended by signal " + (code - KILLED)
        : "ended with exit code " + code;
  }

  /** Asks it to end, and after {@code grace} ends it and whatever it has started. */
  void end(Duration grace) throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
    children.forEach(ProcessHandle::destroyForcibly);
    process.waitFor();
  }
}
