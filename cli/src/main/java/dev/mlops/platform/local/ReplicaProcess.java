package dev.mlops.platform.local;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One process of a replica. Where there is a shell the process is tied to this one by a pipe: when
 * the supervisor ends, in whatever way, the pipe ends too, and a watcher ends the process.
 */
final class ReplicaProcess {
  /**
   * The shell becomes the service ({@code exec}), so its pid is the service's. The watcher, twice
   * forked so that it is no child of the service, waits for the pipe's end; it acts only if the pid
   * still is the process that was started, known by its start time.
   */
  private static final String TIED =
      """
      born() {
        if [ -r "/proc/$$/stat" ]; then
          read -r stat <"/proc/$$/stat" && set -- ${stat##*)} && echo "${20}"
        else
          PATH=/usr/bin:/bin ps -o lstart= -p $$
        fi
      }
      exec 3<&0 </dev/null
      birth=$(born)
      ( (
        exec >/dev/null 2>&1
        PATH=/usr/bin:/bin
        read -r _ <&3
        is_same() { [ "$(born 2>/dev/null)" = "$birth" ]; }
        is_same && kill -TERM $$
        for _ in 1 2 3 4 5 6 7 8 9 10; do
          is_same || exit
          sleep 0.1
        done
        is_same && kill -KILL $$
      ) & )
      exec "$@" 3<&-
      """;

  private static final int KILLED = 128;

  private final Process process;
  private final Thread pump;

  private ReplicaProcess(Process process, Thread pump) {
    this.process = process;
    this.pump = pump;
  }

  static ReplicaProcess start(Launch launch, int port, ReplicaLog log) throws IOException {
    var builder = new ProcessBuilder(tied(launch.command()));
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

  private static List<String> tied(List<String> command) {
    if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows")) {
      return command; // no shell: what is left over is ended when the supervisor next starts
    }
    List<String> tied = new ArrayList<>(List.of("/bin/sh", "-c", TIED, "sh"));
    tied.addAll(command);
    return tied;
  }

  /** Whether a process of ours is a watcher, not a service. */
  static boolean isWatcher(ProcessHandle process) {
    return Arrays.asList(process.info().arguments().orElse(new String[0])).contains(TIED);
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
