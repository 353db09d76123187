package dev.mlops.platform.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds out which process listens on a port, as far as this user may know. */
final class PortOwner {
  private static final String LISTEN = "0A";
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private PortOwner() {}

  static Optional<ProcessHandle> of(int port) {
    Optional<Long> pid = Files.isDirectory(Path.of("/proc/net")) ? byProc(port) : byLsof(port);
    return pid.flatMap(ProcessHandle::of);
  }

  private static Optional<Long> byProc(int port) {
    String ending = String.format(Locale.ROOT, ":%04X", port);
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(table -> lines(Path.of(table)).stream())
        .map(line -> line.strip().split("\\s+", -1))
        .filter(row -> row.length > INODE && row[STATE].equals(LISTEN))
        .filter(row -> row[LOCAL_ADDRESS].endsWith(ending))
        .flatMap(row -> holderOf("socket:[" + row[INODE] + "]").stream())
        .findFirst();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, US_ASCII);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<Long> holderOf(String socket) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> holds(Path.of("/proc/" + pid + "/fd"), socket))
        .findFirst();
  }

  private static boolean holds(Path descriptors, String socket) {
    try (Stream<Path> links = Files.list(descriptors)) {
      return links.anyMatch(link -> isLinkTo(link, socket));
    } catch (IOException e) {
      return false; // another user's process
    }
  }

  private static boolean isLinkTo(Path link, String target) {
    try {
      return Files.readSymbolicLink(link).toString().equals(target);
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<Long> byLsof(int port) {
    try {
      var process =
          new ProcessBuilder("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return process.inputReader(US_ASCII).lines().findFirst().map(Long::parseLong);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
