package dev.mlops.service.telemetry;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The process and its JVM, in the names that Prometheus clients agree on. */
public final class ProcessMetrics implements MetricSource {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  @Override
  public void writeTo(MetricsPage page) {
    ProcessHandle.Info process = ProcessHandle.current().info();
    page.counter("process_cpu_seconds_total", "User and system time spent.");
    page.sample(seconds(process.totalCpuDuration().orElse(Duration.ZERO)));
    page.gauge("process_start_time_seconds", "Start of the process, since the epoch.");
    page.sample(process.startInstant().orElse(Instant.EPOCH).toEpochMilli() / 1e3);
    long resident = residentBytes();
    if (resident > 0) {
      page.gauge("process_resident_memory_bytes", "Memory held in RAM.");
      page.sample(resident);
    }
    jvm(page);
  }

  private static void jvm(MetricsPage page) {
    Runtime runtime = Runtime.getRuntime();
    page.gauge("jvm_memory_used_bytes", "Memory in use.");
    page.sample(runtime.totalMemory() - runtime.freeMemory(), "area", "heap");
    page.sample(
        ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed(), "area", "nonheap");
    page.gauge("jvm_memory_max_bytes", "Memory that may come in use.");
    page.sample(runtime.maxMemory(), "area", "heap");
    page.gauge("jvm_threads_current", "Live threads.");
    page.sample(ManagementFactory.getThreadMXBean().getThreadCount());
    // The format wants the samples of a family together, so one pass for each.
    page.counter("jvm_gc_collections_total", "Garbage collections.");
    for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
      page.sample(Math.max(0, gc.getCollectionCount()), "gc", gc.getName());
    }
    page.counter("jvm_gc_collection_seconds_total", "Time spent in garbage collections.");
    for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
      page.sample(Math.max(0, gc.getCollectionTime()) / 1e3, "gc", gc.getName());
    }
  }

  /** 0 where the system has no /proc. */
  private static long residentBytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(RESIDENT)) {
          String kibibytes = line.substring(RESIDENT.length()).replace("kB", "").strip();
          return Long.parseLong(kibibytes) * 1024;
        }
      }
    } catch (IOException | NumberFormatException _) {
      // Not Linux, or a /proc that hides it: the metric is left out.
    }
    return 0;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
