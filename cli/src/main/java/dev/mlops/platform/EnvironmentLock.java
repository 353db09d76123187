package dev.mlops.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.problem.Code;
import dev.mlops.problem.DiskFaults;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps two commands from changing one environment at once. The operating system lets go of it when
 * its holder ends, in whatever way; the file says who that is and goes with the lock.
 */
public final class EnvironmentLock implements AutoCloseable {
  /** Far behind the text, because on Windows nobody else can read what is locked. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  /**
   * What this process holds. It must not even open such a file: when POSIX closes any descriptor of
   * a file, the process loses its locks on it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private EnvironmentLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * @param command what is at work, as the other one is told, such as {@code mlops up}
   * @throws MlopsException {@link Code#BUSY}, naming the holder, at once if another holds it
   */
  public static EnvironmentLock acquire(Path file, String command) {
    Path path = file.toAbsolutePath().normalize();
    if (!HELD.add(path)) {
      throw busy("Another thread of this process");
    }
    try {
      return new EnvironmentLock(path, lock(path, command));
    } catch (IOException e) {
      HELD.remove(path);
      throw DiskFaults.writing(path, e);
    } catch (RuntimeException e) {
      HELD.remove(path);
      throw e;
    }
  }

  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // On Windows an open file stays; the lock itself is gone with the channel.
    } finally {
      HELD.remove(file);
    }
  }

  private static FileChannel lock(Path file, String command) throws IOException {
    Files.createDirectories(file.getParent());
    while (true) {
      Optional<Object> before = key(file);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
        channel.close();
        throw busy(holder(file));
      }
      // A holder removes the file as it ends: a lock on a file that has gone holds off nobody.
      if (before.isPresent() && before.equals(key(file))) {
        sign(channel, command);
        return channel;
      }
      channel.close();
    }
  }

  private static Optional<Object> key(Path file) throws IOException {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(Objects.requireNonNullElse(attributes.fileKey(), "no keys on Windows"));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static void sign(FileChannel channel, String command) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String text =
        "`" + command + "` (pid " + ProcessHandle.current().pid() + ", since " + now + ")";
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)), 0);
    } catch (IOException e) {
      // The lock holds without it, and a full disk must not keep `destroy` from making room.
    }
  }

  private static String holder(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private static MlopsException busy(String holder) {
    return Code.BUSY.problem(
        "Another mlops command is changing this environment",
        (holder.isEmpty() ? "One that has just begun" : holder) + " holds the lock.",
        "Wait until it is done, or stop it, and run this command again.");
  }
}
