package dev.mlops.loadtest;

/** One request from its intended moment to its answer; reused for the next. Nanoseconds. */
final class Call {
  private boolean active;
  private long intended;
  private long begun;
  private long sent;
  private int task;
  private int request;
  private int written;
  private long traceHigh;
  private long traceLow;
  private boolean sampled;

  /**
   * @param intended when the request should be sent
   * @param now when it is
   */
  void begin(long intended, long now) {
    this.active = true;
    this.intended = intended;
    this.begun = now;
    this.sent = now;
    this.written = 0;
  }

  /**
   * @param request its index among those of its task
   */
  void choose(int task, int request) {
    this.task = task;
    this.request = request;
  }

  void trace(long high, long low, boolean sampled) {
    this.traceHigh = high;
    this.traceLow = low;
    this.sampled = sampled;
  }

  void end() {
    active = false;
  }

  boolean active() {
    return active;
  }

  long intended() {
    return intended;
  }

  /** When work on it began: connecting, or sending where a connection stood. */
  long begun() {
    return begun;
  }

  long sent() {
    return sent;
  }

  void sentAt(long now) {
    sent = now;
  }

  int task() {
    return task;
  }

  int request() {
    return request;
  }

  /** Bytes of it that are out. */
  int written() {
    return written;
  }

  void wrote(int bytes) {
    written += bytes;
  }

  long traceHigh() {
    return traceHigh;
  }

  long traceLow() {
    return traceLow;
  }

  boolean sampled() {
    return sampled;
  }
}
