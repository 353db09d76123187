package dev.mlops.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Meters;
import java.util.Locale;
import java.util.function.Function;

/** What a replica uses, as the views of several commands show it. */
final class GaugeFacts {
  private static final double MEBI = 1 << 20;
  private static final double MILLI = 1000;

  private GaugeFacts() {}

  /** Such as {@code 120m of 500m}; empty where nothing measures it. */
  static String cpu(Meters.Gauge gauge) {
    return text(gauge, cores -> String.format(Locale.ROOT, "%.0fm", cores * MILLI));
  }

  /** Such as {@code 80Mi of 256Mi}; empty where nothing measures it. */
  static String memory(Meters.Gauge gauge) {
    return text(gauge, bytes -> String.format(Locale.ROOT, "%.0fMi", bytes / MEBI));
  }

  static void put(ObjectNode json, Meters.Gauge cpu, Meters.Gauge memory) {
    json.put("cpuCores", cpu.used().orElse(null));
    json.put("cpuLimitCores", cpu.limit().orElse(null));
    json.put("memoryBytes", memory.used().map(Math::round).orElse(null));
    json.put("memoryLimitBytes", memory.limit().map(Math::round).orElse(null));
  }

  private static String text(Meters.Gauge gauge, Function<Double, String> text) {
    return gauge
        .used()
        .map(used -> text.apply(used) + gauge.limit().map(l -> " of " + text.apply(l)).orElse(""))
        .orElse("");
  }
}
