package dev.mlops.service.trace;

import dev.mlops.service.telemetry.TraceContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request under way that is traced. For one thread. */
public final class Trace implements Phases {
  private final TraceContext context;
  private final Optional<String> parent;
  private final String state;
  private final Map<String, Object> attributes = new LinkedHashMap<>();
  private final List<Phase> phases = new ArrayList<>(4);

  /** By {@link System#nanoTime()}. */
  record Phase(String name, long from) {}

  /**
   * @param context the trace, and the request's own span
   * @param parent the caller's span
   * @param state the caller's tracestate, empty if there is none
   */
  Trace(TraceContext context, Optional<String> parent, String state) {
    this.context = context;
    this.parent = parent;
    this.state = state;
  }

  /** The trace, and the request's own span. */
  public TraceContext context() {
    return context;
  }

  /**
   * Tells something of the request.
   *
   * @param value a text or a whole number
   */
  public void attribute(String name, Object value) {
    attributes.put(name, value);
  }

  Map<String, Object> attributes() {
    return attributes;
  }

  Optional<String> parent() {
    return parent;
  }

  String state() {
    return state;
  }

  List<Phase> phases() {
    return phases;
  }

  @Override
  public void enter(String name) {
    phases.add(new Phase(name, System.nanoTime()));
  }
}
