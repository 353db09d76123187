package dev.mlops.platform.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks afresh at the processes of this machine. */
final class Processes {
  private static final Path PROC = Path.of("/proc");
  private static final long POLL_MILLIS = 10;

  /** Places in what {@link #stat} gives. */
  private static final int STATE = 0;

  private static final int START = 19;

  private Processes() {}

  /** Those that belong to an environment: its supervisor, its replicas and their watchers. */
  static List<ProcessHandle> of(LocalFolder folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> belongs(process, folder.root().toString()))
        .filter(Processes::isAlive)
        .toList();
  }

  /** Ends what belongs to an environment; false if something was still there after the time. */
  static boolean endAll(LocalFolder folder, Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    List<ProcessHandle> left = of(folder);
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      left.forEach(ProcessHandle::destroyForcibly);
      Thread.sleep(POLL_MILLIS);
      left = of(folder);
    }
    return left.isEmpty();
  }

  static boolean awaitEnd(ProcessHandle process, Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (isAlive(process)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  /** A zombie has ended; only its parent has not taken note. */
  static boolean isAlive(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    return stat(process).map(stat -> !stat[STATE].equals("Z")).orElseGet(process::isAlive);
  }

  /**
   * When it was started: with the pid it names one process for ever. By Linux's clock that nobody
   * sets, as {@link ProcessHandle.Info#startInstant} moves with the other one; in milliseconds
   * since 1970 elsewhere.
   */
  static long startOf(ProcessHandle process) {
    return stat(process)
        .map(stat -> Long.parseLong(stat[START]))
        .or(() -> process.info().startInstant().map(Instant::toEpochMilli))
        .orElse(0L);
  }

  /** What proc(5) lists after the name; empty if there is no /proc, or it has just ended. */
  private static Optional<String[]> stat(ProcessHandle process) {
    try {
      byte[] bytes = Files.readAllBytes(PROC.resolve(process.pid() + "/stat"));
      String stat = new String(bytes, ISO_8859_1);
      return Optional.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** By a variable in its environment or, where that can't be read, by its command line. */
  private static boolean belongs(ProcessHandle process, String root) {
    try {
      byte[] environment = Files.readAllBytes(PROC.resolve(process.pid() + "/environ"));
      String marker = Launch.MARKER + "=" + root;
      return Arrays.asList(new String(environment, UTF_8).split("\0", -1)).contains(marker);
    } catch (IOException e) {
      var info = process.info();
      String command = info.command().orElse("");
      String[] arguments = info.arguments().orElse(new String[0]);
      return command.startsWith(root + "/") || Arrays.asList(arguments).contains(root);
    }
  }
}
