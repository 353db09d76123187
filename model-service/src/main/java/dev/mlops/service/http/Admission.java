package dev.mlops.service.http;

/** Whether a request is taken, by its head alone. */
final class Admission {
  private Admission() {}

  /**
   * @param full whether its connection is one too many
   * @return why it is refused, or null
   */
  static Fault refusal(Exchange exchange, Worker worker, boolean full) {
    Head head = exchange.head();
    Route route = exchange.route();
    if (head.expectation() == Head.Expectation.UNKNOWN) {
      return Fault.EXPECTATION_FAILED;
    }
    if (!head.framing().chunked() && head.framing().length() > Limits.BODY_BYTES) {
      return Fault.BODY_TOO_LARGE;
    }
    if (route == worker.routes().nowhere()) {
      return Fault.NOT_FOUND;
    }
    if (!route.allows(exchange.verb())) {
      return Fault.METHOD_NOT_ALLOWED;
    }
    if (route.isWork() && head.isEncoded()) {
      return Fault.UNSUPPORTED_ENCODING;
    }
    boolean tooMuch = !route.isQuiet() && worker.backlog(route).isFull(exchange.startedAt());
    return tooMuch || (full && route.isWork()) ? Fault.OVERLOADED : null;
  }
}
