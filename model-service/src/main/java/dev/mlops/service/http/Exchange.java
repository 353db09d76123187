package dev.mlops.service.http;

import dev.mlops.service.json.ByteSink;
import dev.mlops.service.trace.Phases;
import dev.mlops.service.trace.Trace;
import java.util.concurrent.Executor;

/** The request under way on a connection, and its answer: one after the other, in one object. */
final class Exchange implements Request, Response {
  private final Dialogue dialogue;
  private final Worker worker;
  private final Input input;
  private final Head head = new Head();
  private Route route;
  private boolean keepAlive;
  private String traceparent;
  private Trace trace;
  private int bodyFrom;
  private int bodyLength;
  private long startedAt;

  Exchange(Dialogue dialogue, Worker worker, Input input) {
    this.dialogue = dialogue;
    this.worker = worker;
    this.input = input;
    this.route = worker.routes().nowhere();
  }

  /**
   * Begins with the next request, whose head is the first of the input.
   *
   * @param length of the head
   * @return why it can't be read, or null
   */
  Fault begin(int length, long now) {
    beginNone(now);
    int from = input.from();
    Fault fault = head.read(input.bytes(), from, from + length);
    if (fault == null) {
      RequestLine line = head.line();
      route = worker.routes().of(input.bytes(), from + line.targetFrom(), from + line.targetTo());
      keepAlive = head.keepAlive();
      traceparent = head.traceparent().text(input.bytes(), from);
      trace = route.isQuiet() ? null : worker.log().tracer().begin(traceparent, this::traceState);
      if (trace != null) {
        String path = Routes.path(input.bytes(), from + line.targetFrom(), from + line.targetTo());
        ServerSpan.begin(trace, this, path, isOld());
      }
    }
    return fault;
  }

  /** Begins with one whose head can't be read. */
  void beginNone(long now) {
    head.clear();
    route = worker.routes().nowhere();
    keepAlive = false;
    traceparent = null;
    trace = null;
    startedAt = now;
  }

  /** The body has come: so many bytes behind the head. */
  void whole(int length) {
    bodyFrom = input.from() + head.length();
    bodyLength = length;
    worker.body().clear();
  }

  Head head() {
    return head;
  }

  /** The connection ends with the answer. */
  void close() {
    keepAlive = false;
  }

  boolean keepAlive() {
    return keepAlive;
  }

  /** Whether the client speaks HTTP/1.0. */
  boolean isOld() {
    return head.line().isOld();
  }

  /** Null if there is none. */
  String traceparent() {
    return traceparent;
  }

  /** Null if the request is not traced. */
  Trace trace() {
    return trace;
  }

  @Override
  public Phases phases() {
    return trace == null ? Phases.NONE : trace;
  }

  @Override
  public Verb verb() {
    return head.line().verb();
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public String header(String name) {
    return head.find(input.bytes(), input.from(), name);
  }

  @Override
  public boolean isJson() {
    return MediaType.isJson(input.bytes(), input.from(), head.contentType());
  }

  @Override
  public byte[] bytes() {
    return input.bytes();
  }

  @Override
  public int bodyFrom() {
    return bodyFrom;
  }

  @Override
  public int bodyLength() {
    return bodyLength;
  }

  @Override
  public int thread() {
    return worker.thread();
  }

  @Override
  public long startedAt() {
    return startedAt;
  }

  @Override
  public ByteSink body() {
    return worker.body();
  }

  @Override
  public void send(Status status, Content content) {
    send(status, content, null);
  }

  @Override
  public void send(Status status, Content content, String code) {
    dialogue.answer(status, content, worker.body().array(), worker.body().length(), code);
  }

  @Override
  public void refuse(Fault fault) {
    byte[] json = route.hasPlainFaults() ? fault.plainBody() : fault.body();
    dialogue.answer(fault.status(), Content.JSON, json, json.length, fault.code());
  }

  private String traceState() {
    return header("tracestate");
  }

  @Override
  public Executor later() {
    return dialogue.later();
  }
}
