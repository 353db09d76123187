package dev.mlops.service.http;

import dev.mlops.service.telemetry.JsonLog;
import dev.mlops.service.telemetry.Severity;
import dev.mlops.service.telemetry.TraceContext;
import dev.mlops.service.trace.Trace;
import dev.mlops.service.trace.Tracer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A line for each request that failed or is traced, as far as there are not too many that failed,
 * and the spans of those that are traced. One per loop.
 */
final class AccessLog {
  private static final String BROKEN = "broken";

  private final JsonLog log;
  private final Tracer tracer;
  // By the fault's code, of which there is a fixed number.
  private final Map<String, LineQuota> quotas = new HashMap<>();

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
    if (failed) {
      logFailure(exchange, status, code, nanos);
    } else if (trace != null) {
      log(exchange, status, facts(exchange, status, nanos));
    }
    if (trace != null) {
      ServerSpan.end(trace, status, code);
      tracer.ended(
          trace,
          ServerSpan.name(exchange),
          exchange.startedAt(),
          exchange.startedAt() + nanos,
          ServerSpan.isError(status));
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
    long now = System.nanoTime();
    LineQuota quota = quota(BROKEN, now);
    if (quota.take(now)) {
      StackTraceElement[] stack = cause.getStackTrace();
      String at = stack.length == 0 ? "unknown place" : stack[0].toString();
      String what = "The request failed: " + cause.getClass().getName() + " at " + at;
      log.log(Severity.ERROR, what, trace, leftOut(quota, new LinkedHashMap<>()));
    }
  }

  private void logFailure(Exchange exchange, Status status, String code, long nanos) {
    long now = exchange.startedAt() + nanos;
    LineQuota quota = quota(code == null ? status.name() : code, now);
    if (quota.take(now)) {
      Map<String, Object> facts = facts(exchange, status, nanos);
      if (code != null) {
        facts.put("error", code);
      }
      log(exchange, status, leftOut(quota, facts));
    }
  }

  private LineQuota quota(String kind, long now) {
    return quotas.computeIfAbsent(kind, _ -> new LineQuota(now));
  }

  /** With how many of the kind had no line before this one, if any. */
  private static Map<String, Object> leftOut(LineQuota quota, Map<String, Object> facts) {
    long count = quota.leftOut();
    if (count > 0) {
      facts.put("left_out", count);
    }
    return facts;
  }

  private void log(Exchange exchange, Status status, Map<String, Object> facts) {
    log.log(severity(status), message(exchange, status), Optional.of(context(exchange)), facts);
  }

  private TraceContext context(Exchange exchange) {
    Trace trace = exchange.trace();
    return trace != null ? trace.context() : tracer.context(exchange.traceparent());
  }

  private static String message(Exchange exchange, Status status) {
    return exchange.verb() + " " + exchange.route().path() + " " + status.code();
  }

  private static Map<String, Object> facts(Exchange exchange, Status status, long nanos) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("method", exchange.verb().name());
    facts.put("path", exchange.route().path());
    facts.put("status", status.code());
    facts.put("duration_ms", nanos / 1e6);
    return facts;
  }

  private static Severity severity(Status status) {
    if (status == Status.INTERNAL_ERROR) {
      return Severity.ERROR;
    }
    return status.code() >= 400 ? Severity.WARNING : Severity.INFO;
  }
}
