package dev.mlops.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lines of replicas' logs for people. Each replica has a colour of its own; on a terminal a line of
 * JSON is told by its parts, elsewhere every line stays as it was written.
 */
final class LogLines {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRACE_SHOWN = 16;
  private static final int TIME_FROM = "2026-11-23T".length();
  private static final int TIME_TO = TIME_FROM + "12:30:42.201".length();

  private final Style style;
  private final Map<String, Integer> colours = new HashMap<>();

  LogLines(Style style) {
    this.style = style;
  }

  String line(String replica, String text) {
    int colour = colours.computeIfAbsent(replica, _ -> colours.size());
    String told = style.colour() ? parsed(text).map(this::parts).orElse(text) : text;
    return style.series(colour, replica) + " " + told;
  }

  private static Optional<JsonNode> parsed(String text) {
    if (!text.startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(text)).filter(json -> json.has("message"));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private String parts(JsonNode json) {
    String level = first(json, "severity", "level");
    return Stream.of(
            style.dim(time(first(json, "timestamp", "time"))),
            level(level),
            json.path("message").asText(),
            style.bad(first(json, "error")),
            style.dim(duration(json)),
            style.dim(brief(first(json, "trace_id"))),
            first(json, "exception", "stack_trace"))
        .filter(part -> !part.isEmpty())
        .reduce((one, other) -> one + " " + other)
        .orElse("");
  }

  /** Enough to tell it from all others, and for {@code --trace}. */
  private static String brief(String trace) {
    return trace.substring(0, Math.min(TRACE_SHOWN, trace.length()));
  }

  private static String duration(JsonNode json) {
    JsonNode millis = json.path("duration_ms");
    return millis.isNumber() ? String.format(Locale.ROOT, "%.2f ms", millis.asDouble()) : "";
  }

  private String level(String level) {
    return switch (level.toUpperCase(Locale.ROOT)) {
      case "", "INFO" -> "";
      case "WARN", "WARNING" -> style.notable(level);
      case "DEBUG", "TRACE" -> style.dim(level);
      default -> style.bad(level);
    };
  }

  /** Of the day: what is looked at is of today. */
  private static String time(String timestamp) {
    return timestamp.length() > TIME_TO && timestamp.charAt(TIME_FROM - 1) == 'T'
        ? timestamp.substring(TIME_FROM, TIME_TO)
        : timestamp;
  }

  private static String first(JsonNode json, String... keys) {
    return Stream.of(keys)
        .map(key -> json.path(key).asText())
        .filter(v -> !v.isEmpty())
        .findFirst()
        .orElse("");
  }
}
