package dev.mlops.service.serve;

import dev.mlops.service.api.Paths;
import dev.mlops.service.http.Listen;
import dev.mlops.service.http.Patience;
import dev.mlops.service.predict.Batching;
import dev.mlops.service.trace.OtlpSettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads the settings out of environment variables and gathers all that is wrong with them. */
final class SettingsReader {
  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  SettingsReader(Map<String, String> environment) {
    this.environment = environment;
  }

  Settings read() {
    return new Settings(
        new Listen(
            text("HOST", "0.0.0.0"),
            port(),
            (int) number("MAX_CONNECTIONS", 4096, 1, 1_000_000),
            Patience.usual()),
        Path.of(text("MODEL_DIR", "model")),
        paths(),
        new Settings.Drain(
            Duration.ofMillis(number("DRAIN_DELAY_MILLIS", 500, 0, 600_000)),
            Duration.ofSeconds(number("DRAIN_SECONDS", 20, 0, 3600))),
        traces(),
        new Batching(
            (int) number("BATCH_MAX_ROWS", 1, 1, 1000),
            Duration.of(number("BATCH_MAX_DELAY_MICROS", 0, 0, 1_000_000), ChronoUnit.MICROS)));
  }

  /** OpenTelemetry's own variables go over ours. */
  private Settings.Traces traces() {
    OtlpSettingsReader otlp = new OtlpSettingsReader(environment, problems::add);
    double ratio = fraction("TRACE_RATIO", 0.01);
    return new Settings.Traces(otlp.ratio().orElse(ratio), otlp.read());
  }

  /** What was wrong in what has been read; each names its variable. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** Vertex AI and SageMaker say where they will ask, whatever the image says. */
  private int port() {
    String name =
        Stream.of("AIP_HTTP_PORT", "SAGEMAKER_BIND_TO_PORT")
            .filter(variable -> given(variable).isPresent())
            .findFirst()
            .orElse("PORT");
    return (int) number(name, 8000, 0, 65_535);
  }

  private Paths paths() {
    Paths.Vertex vertex =
        new Paths.Vertex(
            given("AIP_HEALTH_ROUTE").map(name -> path(name, "", Paths::isTaken)),
            given("AIP_PREDICT_ROUTE").map(name -> path(name, "", Paths::isTakenFromPredictions)));
    Paths paths =
        new Paths(
            path("LIVENESS_PATH", "/live_check", Paths::isTaken),
            path("READINESS_PATH", "/ready_check", Paths::isTaken),
            vertex);
    if (paths.liveness().equals(paths.readiness())) {
      problems.add("LIVENESS_PATH and READINESS_PATH are both " + paths.liveness());
    }
    return paths;
  }

  /** The variable's own name, if it says something. */
  private Optional<String> given(String name) {
    return text(name, "").isEmpty() ? Optional.empty() : Optional.of(name);
  }

  private String text(String name, String otherwise) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty() ? otherwise : value;
  }

  private String path(String name, String otherwise, Predicate<String> taken) {
    String path = text(name, otherwise);
    if (!path.matches("/[!-~&&[^?#]]*") || taken.test(path)) {
      problems.add(
          name + " must be a path of its own that starts with a slash, not '" + path + "'");
    }
    return path;
  }

  private long number(String name, long otherwise, long min, long max) {
    String value = text(name, Long.toString(otherwise));
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    problems.add(
        "%s must be a whole number from %d to %d, not '%s'".formatted(name, min, max, value));
    return otherwise;
  }

  private double fraction(String name, double otherwise) {
    String value = text(name, Double.toString(otherwise));
    try {
      double fraction = Double.parseDouble(value);
      if (fraction >= 0 && fraction <= 1) {
        return fraction;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    problems.add(name + " must be a number from 0 to 1, not '" + value + "'");
    return otherwise;
  }
}
