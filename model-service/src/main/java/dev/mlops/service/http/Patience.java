package dev.mlops.service.http;

import java.time.Duration;

/**
 * How long the server waits for its clients; looked at once a second.
 *
 * @param header from the first byte of a request to the end of its header
 * @param body from the end of the header to the end of the body
 * @param idle between two requests; longer than the usual load balancer's, so that it closes first
 * @param stalled for a client to take a good part of what waits for it
 * @param linger after the last answer, for the client to read it and close
 * @param turn how long a request that is taken may have to wait for its turn; what would have to
 *     wait longer is refused at once
 */
public record Patience(
    Duration header,
    Duration body,
    Duration idle,
    Duration stalled,
    Duration linger,
    Duration turn) {
  /** What a service on the open network needs. */
  public static Patience usual() {
    return new Patience(
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(75),
        Duration.ofSeconds(20),
        Duration.ofSeconds(2),
        Duration.ofMillis(250));
  }
}
