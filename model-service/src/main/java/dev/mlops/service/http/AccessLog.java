package dev.mlops.service.http;

import dev.mlops.service.telemetry.JsonLog;
import dev.mlops.service.telemetry.Severity;
import dev.mlops.service.telemetry.TraceContext;
import dev.mlops.service.trace.Trace;
import dev.mlops.service.trace.Tracer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A line for each request that failed or is traced, and the spans of those that are; of refusals
 * for overload ten lines a second. One per loop.
 */
final class AccessLog {
  /** A service that has no time for requests has none for as many lines. */
  private static final long BETWEEN_OVERLOADS = 100_000_000L;

  private final JsonLog log;
  private final Tracer tracer;
  private long nextOverload = System.nanoTime();

  AccessLog(JsonLog log, Tracer tracer) {
    this.log = log;
    this.tracer = tracer;
  }

  /** Decides whether a request is traced. */
  Tracer tracer() {
    return tracer;
  }

  /**
   * @param code of the fault, or null
   */
  void answered(Exchange exchange, Status status, String code, long nanos) {
    boolean failed = status.code() >= 400 && !exchange.route().isQuiet();
    Trace trace = exchange.trace();
    boolean tooMany = Fault.OVERLOADED.code().equals(code) && !isNext(exchange.startedAt() + nanos);
    if ((failed || trace != null) && !tooMany) {
      log.log(
          severity(status),
          message(exchange, status),
          Optional.of(context(exchange)),
          facts(exchange, status, code, nanos));
    }
    if (trace != null) {
      tracer.ended(
          trace,
          exchange.verb() + " " + exchange.route().path(),
          exchange.startedAt(),
          exchange.startedAt() + nanos,
          attributes(exchange, status, code),
          status.code() >= 500);
    }
  }

  /** A handler that threw; the exception's message may quote values, so only its kind is told. */
  void broken(Exchange exchange, Throwable cause) {
    broken(cause, Optional.of(context(exchange)));
  }

  /** Something else that threw: a mistake of this server. */
  void broken(Throwable cause) {
    broken(cause, Optional.empty());
  }

  private void broken(Throwable cause, Optional<TraceContext> trace) {
    StackTraceElement[] stack = cause.getStackTrace();
    String at = stack.length == 0 ? "unknown place" : stack[0].toString();
    String what = "The request failed: " + cause.getClass().getName() + " at " + at;
    log.log(Severity.ERROR, what, trace, Map.of());
  }

  /** Whether it is time for another line about overload. */
  private boolean isNext(long now) {
    if (now - nextOverload < 0) {
      return false;
    }
    nextOverload = now + BETWEEN_OVERLOADS;
    return true;
  }

  private TraceContext context(Exchange exchange) {
    Trace trace = exchange.trace();
    return trace != null ? trace.context() : tracer.context(exchange.traceparent());
  }

  /** In the names of OpenTelemetry's conventions for HTTP servers. */
  private static Map<String, Object> attributes(Exchange exchange, Status status, String code) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("http.request.method", exchange.verb().name());
    attributes.put("http.route", exchange.route().path());
    attributes.put("http.response.status_code", status.code());
    attributes.put("url.scheme", "http");
    if (code != null) {
      attributes.put("error.type", code);
    }
    return attributes;
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
