package dev.mlops.service.http;

import dev.mlops.service.telemetry.JsonLog;
import dev.mlops.service.telemetry.Severity;
import dev.mlops.service.telemetry.TraceContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A line for each request that failed or is sampled. One per event loop. */
final class AccessLog {
  private final JsonLog log;
  private final double ratio;
  private final SplittableRandom random = new SplittableRandom();

  AccessLog(JsonLog log, double ratio) {
    this.log = log;
    this.ratio = ratio;
  }

  /**
   * @param code of the fault, or null
   */
  void answered(Exchange exchange, Status status, String code, long nanos) {
    boolean failed = status.code() >= 400 && !exchange.route().isQuiet();
    if (exchange.traceparent() == null && !failed && random.nextDouble() >= ratio) {
      return;
    }
    TraceContext trace = trace(exchange);
    if (failed || trace.sampled()) {
      log.log(
          severity(status),
          message(exchange, status),
          Optional.of(trace),
          facts(exchange, status, code, nanos));
    }
  }

  /** A handler that threw; the exception's message may quote values, so only its kind is told. */
  void broken(Exchange exchange, Throwable cause) {
    StackTraceElement[] stack = cause.getStackTrace();
    String at = stack.length == 0 ? "unknown place" : stack[0].toString();
    log.log(
        Severity.ERROR,
        "The request failed: " + cause.getClass().getName() + " at " + at,
        Optional.of(trace(exchange)),
        Map.of());
  }

  private TraceContext trace(Exchange exchange) {
    return Optional.ofNullable(exchange.traceparent())
        .flatMap(TraceContext::parse)
        .orElseGet(() ->
            TraceContext.make(
                random, exchange.traceparent() == null || random.nextDouble() < ratio));
  }

  private String message(Exchange exchange, Status status) {
    return exchange.verb() + " " + exchange.route().path() + " " + status.code();
  }

  private Map<String, Object> facts(Exchange exchange, Status status, String code, long nanos) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("method", exchange.verb().name());
    facts.put("path", exchange.route().path());
    facts.put("status", status.code());
    facts.put("duration_ms", nanos / 1e6);
    if (code != null) {
      facts.put("error", code);
    }
    return facts;
  }

  private static Severity severity(Status status) {
    if (status == Status.INTERNAL_ERROR) {
      return Severity.ERROR;
    }
    return status.code() >= 400 ? Severity.WARNING : Severity.INFO;
  }
}
