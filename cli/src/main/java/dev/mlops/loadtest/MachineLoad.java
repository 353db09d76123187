package dev.mlops.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * CPU time of this machine since it started, from Linux's {@code /proc/stat}; its unit cancels out.
 */
record MachineLoad(long total, long idle, long stolen) {
  static final MachineLoad UNKNOWN = new MachineLoad(0, 0, 0);
  private static final Path SOURCE = Path.of("/proc/stat");
  private static final int IDLE = 3;
  private static final int IO_WAIT = 4;
  private static final int STOLEN = 7;

  /** {@link #UNKNOWN} where there is no such file. */
  static MachineLoad now() {
    try {
      return Files.isReadable(SOURCE)
          ? parse(Files.readAllLines(SOURCE).getFirst()).orElse(UNKNOWN)
          : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /**
   * @param line such as {@code cpu 10 0 5 100 2 0 1 3 0 0}: user, nice, system, idle, iowait, irq,
   *     softirq, steal; guests are in user already
   */
  static Optional<MachineLoad> parse(String line) {
    String[] fields = line.strip().split("\\s+");
    if (!fields[0].equals("cpu") || fields.length <= STOLEN + 1) {
      return Optional.empty();
    }
    long[] ticks =
        Arrays.stream(fields).skip(1).limit(STOLEN + 1).mapToLong(Long::parseLong).toArray();
    return Optional.of(
        new MachineLoad(Arrays.stream(ticks).sum(), ticks[IDLE] + ticks[IO_WAIT], ticks[STOLEN]));
  }

  double stealPercentSince(MachineLoad before) {
    return percent(stolen - before.stolen, before);
  }

  double usedPercentSince(MachineLoad before) {
    return total == before.total ? 0 : 100 - percent(idle - before.idle, before);
  }

  private double percent(long part, MachineLoad before) {
    return total == before.total ? 0 : 100.0 * part / (total - before.total);
  }
}
