package dev.mlops.service.http;

/**
 * Answers the requests of a route. It runs on the event loop that the request came to, and several
 * loops may run it at once: it never waits, and what it keeps for itself it keeps by {@link
 * Request#thread()}.
 */
@FunctionalInterface
public interface Handler {
  /**
   * Answers by exactly one call of {@link Response#send}, {@link Response#refuse} or {@link
   * Response#later}. What it throws is logged and answered with 500.
   */
  void handle(Request request, Response response);
}
