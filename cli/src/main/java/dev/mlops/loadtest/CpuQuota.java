package dev.mlops.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long this process was stopped because its share of the CPU was used up, by Linux's account of
 * its control group (<a
 * href="https://docs.kernel.org/admin-guide/cgroup-v2.html#cpu-interface-files">cpu.stat</a>), such
 * as a container's with a CPU limit. Answers that come meanwhile are read late.
 */
final class CpuQuota {
  private static final long MICROS = 1_000;
  private static final long NANOS = 1_000_000;

  private final List<Path> accounts;

  private CpuQuota(List<Path> accounts) {
    this.accounts = List.copyOf(accounts);
  }

  /** Knows nothing where the system keeps no such account. */
  static CpuQuota ofThisProcess() {
    return of(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
  }

  /**
   * @param groups lines such as {@code 0::/pods/a} or, of version 1, {@code 4:cpu,cpuacct:/pods/a}
   * @param root where control groups are mounted
   */
  static CpuQuota of(Path groups, Path root) {
    try (Stream<String> lines = Files.lines(groups)) {
      return new CpuQuota(lines.flatMap(line -> accounts(line.split(":", 3), root)).toList());
    } catch (IOException | RuntimeException e) {
      return new CpuQuota(List.of());
    }
  }

  /** Of the group and all above it: each may have a quota. */
  private static Stream<Path> accounts(String[] line, Path root) {
    boolean second = line[1].isEmpty();
    if (!second && !List.of(line[1].split(",", -1)).contains("cpu")) {
      return Stream.empty();
    }
    Path mount = second ? root : root.resolve(line[1]);
    List<Path> folders = new ArrayList<>();
    for (Path group = Path.of(line[2]); group != null; group = group.getParent()) {
      folders.add(mount.resolve(Path.of("/").relativize(group)));
    }
    return folders.stream().map(folder -> folder.resolve("cpu.stat")).filter(Files::isReadable);
  }

  /** Since the group's beginning. */
  long stoppedMillis() {
    return accounts.stream().mapToLong(CpuQuota::stoppedMillis).sum();
  }

  private static long stoppedMillis(Path account) {
    try {
      return parse(Files.readString(account));
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * @param text with a line such as {@code throttled_usec 1200}, or {@code throttled_time 1200000}
   *     in nanoseconds
   */
  static long parse(String text) {
    return text.lines()
        .map(line -> line.split(" ", 2))
        .mapToLong(line ->
            switch (line[0]) {
              case "throttled_usec" -> Long.parseLong(line[1].strip()) / MICROS;
              case "throttled_time" -> Long.parseLong(line[1].strip()) / NANOS;
              default -> 0;
            })
        .sum();
  }
}
