package dev.mlops.loadtest;

import java.util.Map;
import java.util.Optional;

/**
 * One kind of request that users send.
 *
 * @param weight how often it is chosen, compared with the others
 * @param think how long a user waits after it; absent: as after any other
 */
public record Task(String name, int weight, Request request, Expect expect, Optional<Wait> think) {
  /**
   * @param path with its query, if any
   * @param headers beside those that the engine writes: Host, Content-Type, Content-Length, Accept,
   *     User-Agent, traceparent
   */
  public record Request(
      String method, String path, Map<String, String> headers, Payloads payloads) {
    public Request {
      headers = Map.copyOf(headers);
    }
  }
}
