package dev.mlops.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A replica's output in a file, each line after the moment it came (RFC 3339, a space). At {@value
 * #MOST_BYTES} bytes the file becomes {@code .1}, that one {@code .2}, and the oldest goes. A full
 * disk costs lines, never the replica: it would stop at a pipe that nobody empties.
 */
final class ReplicaLog {
  static final int FILES = 3;
  static final String ENDING = ".log";
  private static final long MOST_BYTES = 10_000_000;
  private static final int RETIRED = 4;
  private static final int REMEMBERED = 20;

  private final Path file;
  private final long mostBytes;
  private final Clock clock;
  private final Deque<String> last = new ArrayDeque<>();
  private OutputStream out;
  private long bytes;
  private long lost;

  ReplicaLog(Path folder, String replica) {
    this(folder.resolve(replica + ENDING), MOST_BYTES, Clock.systemUTC());
  }

  ReplicaLog(Path file, long mostBytes, Clock clock) {
    this.file = file;
    this.mostBytes = mostBytes;
    this.clock = clock;
  }

  static Path rotated(Path file, int number) {
    return number == 0 ? file : file.resolveSibling(file.getFileName() + "." + number);
  }

  /** Removes the logs of all replicas but those in use and the {@value #RETIRED} latest others. */
  static void prune(Path folder, Set<String> inUse) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> old =
          files
              .filter(file -> file.toString().endsWith(ENDING))
              .filter(file -> !inUse.contains(replica(file)))
              .sorted(
                  Comparator.comparingLong((Path file) -> file.toFile().lastModified()).reversed())
              .skip(RETIRED)
              .toList();
      for (Path file : old) {
        for (int number = 0; number < FILES; number++) {
          Files.deleteIfExists(rotated(file, number));
        }
      }
    } catch (IOException e) {
      // They are only in the way; the next rollout tries again.
    }
  }

  private static String replica(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ENDING.length());
  }

  synchronized void write(String line) {
    if (last.size() == REMEMBERED) {
      last.removeFirst();
    }
    last.addLast(line);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    byte[] entry = (now + " " + line + "\n").getBytes(UTF_8);
    try {
      if (out == null) {
        open();
      }
      out.write(entry);
      bytes += entry.length;
      if (bytes >= mostBytes) {
        rotate();
      }
    } catch (IOException e) {
      lose();
    }
  }

  /** To be called when nothing more is at hand, so that a follower sees what there is. */
  synchronized void flush() {
    try {
      if (out != null) {
        out.flush();
      }
    } catch (IOException e) {
      lose();
    }
  }

  synchronized void close() {
    flush();
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      lose();
    }
    out = null;
  }

  /** The last lines, oldest first. */
  synchronized List<String> tail() {
    return List.copyOf(last);
  }

  /** How many lines could not be written. */
  synchronized long lost() {
    return lost;
  }

  private void lose() {
    lost++;
    out = null;
  }

  private void open() throws IOException {
    Files.createDirectories(file.getParent());
    out =
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    bytes = Files.size(file);
  }

  private void rotate() throws IOException {
    out.close();
    for (int number = FILES - 1; number > 0; number--) {
      Path older = rotated(file, number - 1);
      if (Files.exists(older)) {
        Files.move(older, rotated(file, number), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    open();
  }
}
