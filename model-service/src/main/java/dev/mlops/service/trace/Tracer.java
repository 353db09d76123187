package dev.mlops.service.trace;

import dev.mlops.service.telemetry.TraceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Decides which requests are traced, and makes spans of them. One per event loop. */
public final class Tracer {
  private static final long SECOND = 1_000_000_000L;

  private final double ratio;
  private final Optional<SpanQueue> queue;
  private final SplittableRandom random = new SplittableRandom();

  Tracer(double ratio, Optional<SpanQueue> queue) {
    this.ratio = ratio;
    this.queue = queue;
  }

  /**
   * Begins with a request: the caller's decision holds where there is one, else the dice's.
   *
   * @param traceparent null if there is none
   * @param tracestate asked for only if the request is traced; may give null
   * @return null if it is not traced
   */
  public Trace begin(String traceparent, Supplier<String> tracestate) {
    if (traceparent == null) {
      return random.nextDouble() < ratio ? root() : null;
    }
    Optional<TraceContext> caller = TraceContext.parse(traceparent);
    if (caller.isEmpty()) {
      return random.nextDouble() < ratio ? root() : null;
    }
    return caller.get().sampled() ? joined(caller.get(), tracestate.get()) : null;
  }

  /** Who a request belongs to that is not traced, for a line in the log. */
  public TraceContext context(String traceparent) {
    return Optional.ofNullable(traceparent)
        .flatMap(TraceContext::parse)
        .orElseGet(() -> TraceContext.make(random, false));
  }

  /**
   * Ends a request.
   *
   * @param from when it began, by {@link System#nanoTime()}
   * @param to when it ended
   * @param failed by the service's own fault
   */
  public void ended(Trace trace, String name, long from, long to, boolean failed) {
    if (queue.isEmpty()) {
      return;
    }
    Instant now = Instant.now();
    long epoch = now.getEpochSecond() * SECOND + now.getNano() - System.nanoTime();
    TraceContext context = trace.context();
    List<Span> spans = new ArrayList<>();
    spans.add(
        new Span(
            context.traceId(),
            context.spanId(),
            trace.parent(),
            trace.state(),
            name,
            Span.Kind.SERVER,
            epoch + from,
            epoch + to,
            trace.attributes(),
            failed));
    List<Trace.Phase> phases = trace.phases();
    for (int i = 0; i < phases.size(); i++) {
      long end = i + 1 < phases.size() ? phases.get(i + 1).from() : to;
      spans.add(part(trace, phases.get(i), epoch, end));
    }
    queue.get().offer(spans);
  }

  private Span part(Trace trace, Trace.Phase phase, long epoch, long end) {
    TraceContext context = trace.context();
    return new Span(
        context.traceId(),
        TraceContext.spanId(random),
        Optional.of(context.spanId()),
        trace.state(),
        phase.name(),
        Span.Kind.INTERNAL,
        epoch + phase.from(),
        epoch + end,
        Map.of(),
        false);
  }

  private Trace root() {
    return new Trace(TraceContext.make(random, true), Optional.empty(), "");
  }

  /** Without an exporter there is no span of ours: the log then tells the caller's. */
  private Trace joined(TraceContext caller, String state) {
    String own = queue.isPresent() ? TraceContext.spanId(random) : caller.spanId();
    return new Trace(
        new TraceContext(caller.traceId(), own, true),
        Optional.of(caller.spanId()),
        state == null ? "" : state);
  }
}
