package dev.mlops.service.telemetry;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How long ago this process was started, the JVM's own start included. The JDK's {@code
 * startInstant} goes by the second in which the machine was booted, so it may be a second off.
 */
public final class ProcessAge {
  private static final int START = 19;
  private static final double TICKS = 100;
  // What the JVM may have taken before its own clock began; more than that is another clock's time.
  private static final double MOST_BEFORE = 10;

  private ProcessAge() {}

  /** To a hundredth of a second. */
  public static Duration now() {
    double jvm = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
    double age = bySystem();
    // A container may be shown an uptime of its own.
    boolean plausible = age >= jvm - 2 / TICKS && age <= jvm + MOST_BEFORE;
    return Duration.ofMillis(Math.round(1e3 * (plausible ? age : jvm)));
  }

  /** In seconds, after proc(5); NaN where the system has no /proc. */
  private static double bySystem() {
    try {
      String uptime = Files.readString(Path.of("/proc/uptime"));
      String stat = Files.readString(Path.of("/proc/self/stat"));
      // The second field is the program's name, which may hold anything but ends with the last ')'.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Double.parseDouble(uptime.split(" ", 2)[0]) - Long.parseLong(fields[START]) / TICKS;
    } catch (IOException | RuntimeException _) {
      return Double.NaN;
    }
  }
}
