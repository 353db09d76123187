package dev.mlops.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.problem.Code;
import dev.mlops.problem.DiskFaults;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Keeps two commands from changing one environment at once. The operating system lets go of it when
 * its holder ends, in whatever way; the file says who that is and goes with the lock.
 */
public final class EnvironmentLock implements AutoCloseable {
  /** Far behind the text, because on Windows nobody else can read what is locked. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

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
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      while (true) {
        FileChannel channel =
            FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
          String holder = Files.exists(file) ? Files.readString(file).strip() : "";
          channel.close();
          throw busy(holder);
        }
        if (isWrittenTo(file, channel, command)) {
          return new EnvironmentLock(file, channel);
        }
        channel.close(); // the former holder has removed it between the two looks
      }
    } catch (IOException e) {
      throw DiskFaults.writing(file, e);
    }
  }

  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // On Windows an open file stays; the lock itself is gone with the channel.
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by another thread of this process
    }
  }

  /** False if the lock is on a file that its former holder has removed meanwhile. */
  private static boolean isWrittenTo(Path file, FileChannel channel, String command)
      throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String text =
        "`" + command + "` (pid " + ProcessHandle.current().pid() + ", since " + now + ")";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)), 0);
    try {
      return Files.readString(file).equals(text);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static MlopsException busy(String holder) {
    return Code.BUSY.problem(
        "Another mlops command is changing this environment",
        (holder.isEmpty() ? "One that has just begun" : holder) + " holds the lock.",
        "Wait until it is done, or stop it, and run this command again.");
  }
}
