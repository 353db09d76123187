package dev.mlops.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads one replica's log: what there is, and then what comes, across rotations. */
final class LogReader implements AutoCloseable {
  record Entry(String replica, Instant at, String text) {}

  private final Path file;
  private final String replica;
  private RandomAccessFile open;
  private Object key;

  LogReader(Path folder, String replica) {
    this.file = folder.resolve(replica + ReplicaLog.ENDING);
    this.replica = replica;
  }

  /** The last {@code count} lines that came after {@code since}, oldest first. */
  List<Entry> last(int count, Instant since) {
    Deque<Entry> last = new ArrayDeque<>();
    for (int number = ReplicaLog.FILES - 1; number > 0; number--) {
      readAll(ReplicaLog.rotated(file, number)).forEach(entry -> keep(last, entry, count, since));
    }
    more().forEach(entry -> keep(last, entry, count, since));
    return List.copyOf(last);
  }

  private static void keep(Deque<Entry> last, Entry entry, int count, Instant since) {
    if (entry.at().isBefore(since) || count <= 0) {
      return;
    }
    if (last.size() == count) {
      last.removeFirst();
    }
    last.addLast(entry);
  }

  /** What has come since the last call. */
  List<Entry> more() {
    List<Entry> entries = new ArrayList<>();
    try {
      if (open != null) {
        drain(entries);
      }
      if (isReplaced()) {
        close();
        open = new RandomAccessFile(file.toFile(), "r");
        key = keyOf(file);
        drain(entries);
      }
    } catch (IOException e) {
      close(); // rotated between two looks, or removed: tried again at the next call
    }
    return entries;
  }

  @Override
  public void close() {
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      // It was only read.
    }
    open = null;
  }

  private boolean isReplaced() throws IOException {
    return Files.exists(file)
        && (open == null
            || !Objects.equals(key, keyOf(file))
            || Files.size(file) < open.getFilePointer());
  }

  private static Object keyOf(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** Whole lines only: half a line is read again when the rest is there. */
  private void drain(List<Entry> entries) throws IOException {
    long start = open.getFilePointer();
    byte[] bytes = new byte[(int) Math.min(open.length() - start, Integer.MAX_VALUE - 8)];
    open.readFully(bytes);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    open.seek(start + end);
    new String(bytes, 0, end, UTF_8).lines().map(this::entry).forEach(entries::add);
  }

  private List<Entry> readAll(Path old) {
    try (Stream<String> lines = Files.lines(old)) {
      return lines.map(this::entry).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // never rotated that often, or just rotated on
    }
  }

  private Entry entry(String line) {
    int space = line.indexOf(' ');
    try {
      return new Entry(replica, Instant.parse(line.substring(0, space)), line.substring(space + 1));
    } catch (DateTimeParseException | IndexOutOfBoundsException e) {
      return new Entry(replica, Instant.EPOCH, line);
    }
  }
}
