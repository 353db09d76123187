package dev.mlops.platform.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Looks afresh at the processes of this machine. */
final class Processes {
  private static final Path PROC = Path.of("/proc");
  private static final long POLL_MILLIS = 10;

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
    try {
      byte[] bytes = Files.readAllBytes(PROC.resolve(process.pid() + "/stat"));
      String stat = new String(bytes, ISO_8859_1);
      return !stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
    } catch (IOException e) {
      return process.isAlive(); // there is no /proc, or it has just ended
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
