package dev.mlops.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which lines of a log are wanted. A line that tells no level, such as one of a stack trace, is no
 * less serious than any level.
 *
 * @param trace an id that the line has to hold
 * @param level the least serious that is wanted
 */
record LogFilter(Optional<String> trace, Optional<Level> level) implements Predicate<String> {
  enum Level {
    debug,
    info,
    warning,
    error;

    /** By any name that loggers have for it. */
    private static Optional<Level> of(String name) {
      return switch (name.toUpperCase(Locale.ROOT)) {
        case "DEBUG", "TRACE", "FINE", "FINER", "FINEST" -> Optional.of(debug);
        case "INFO", "NOTICE", "DEFAULT", "CONFIG" -> Optional.of(info);
        case "WARNING", "WARN" -> Optional.of(warning);
        case "ERROR", "ERR", "SEVERE", "CRITICAL", "FATAL", "ALERT", "EMERGENCY" ->
            Optional.of(error);
        default -> Optional.empty();
      };
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> KEYS = List.of("severity", "level", "levelname");

  boolean isWanted() {
    return trace.isPresent() || level.isPresent();
  }

  @Override
  public boolean test(String line) {
    return trace.map(line::contains).orElse(true)
        && level.map(least -> of(line).map(l -> l.compareTo(least) >= 0).orElse(true)).orElse(true);
  }

  private static Optional<Level> of(String line) {
    if (!line.startsWith("{")) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(line);
      return KEYS.stream()
          .map(key -> json.path(key).asText())
          .flatMap(name -> Level.of(name).stream())
          .findFirst();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
