package dev.mlops.config;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How the service runs. */
public record Service(
    @Doc("Port that the service listens on in its container.") Port port,
    @Doc("Path of the liveness check.") UrlPath liveness,
    @Doc("Path of the readiness check.") UrlPath readiness,
    @Doc("How long a replica that is told to stop may take to finish its requests.") Duration drain,
    @Doc("Distributed tracing.") Trace trace,
    @Doc("Rows of several requests predicted at once.") Batch batch)
    implements Checked {

  /** Rows of several requests predicted at once. */
  public record Batch(
      @Doc(
              "About the most rows of one batch; 1 for none. The service leaves it off where one"
                  + " row takes no more than 50 microseconds.")
          @Range(min = 1, max = 1000)
          Integer maxRows,
      @Doc("How long a row waits for others; with 0ms, only rows already there count.")
          Duration maxDelay)
      implements Checked {
    private static final Duration LONGEST = Duration.ofSeconds(1);

    public Batch {
      maxRows = requireNonNullElse(maxRows, 1);
      maxDelay = requireNonNullElse(maxDelay, Duration.ZERO);
    }

    @Override
    public List<Fault> faults() {
      return maxDelay.compareTo(LONGEST) > 0
          ? List.of(new Fault("maxDelay", "is above 1s"))
          : List.of();
    }
  }

  /** Where spans go. */
  public enum Exporter {
    NONE,
    OTLP
  }

  /** Distributed tracing. */
  public record Trace(
      @Doc("Share of the requests without a trace of their own that are traced.")
          @Range(min = 0, max = 1)
          Double ratio,
      @Doc(
              "Where spans go. none: trace ids stand in the logs only. otlp: to an OpenTelemetry"
                  + " collector.")
          Exporter exporter,
      @Doc(
              "Base address of the collector, OTLP over HTTP; /v1/traces is added. The variable"
                  + " OTEL_EXPORTER_OTLP_ENDPOINT of a container overrides it.")
          Optional<String> endpoint)
      implements Checked {
    private static final Pattern ADDRESS = Pattern.compile("https?://[^/\\s]+(/\\S*)?");

    public Trace {
      ratio = requireNonNullElse(ratio, 0.01);
      exporter = requireNonNullElse(exporter, Exporter.NONE);
    }

    @Override
    public List<Fault> faults() {
      return endpoint
          .filter(address -> !ADDRESS.matcher(address).matches())
          .map(address ->
              new Fault(
                  "endpoint", "is not an http or https address, such as http://collector:4318"))
          .stream()
          .toList();
    }
  }

  public Service {
    port = requireNonNullElse(port, new Port(8000));
    liveness = requireNonNullElse(liveness, new UrlPath("/live_check"));
    readiness = requireNonNullElse(readiness, new UrlPath("/ready_check"));
    drain = requireNonNullElse(drain, Duration.ofSeconds(20));
  }

  @Override
  public List<Fault> faults() {
    return liveness.equals(readiness)
        ? List.of(new Fault("readiness", "is the same path as service.liveness"))
        : List.of();
  }
}
