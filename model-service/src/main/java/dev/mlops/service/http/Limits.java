package dev.mlops.service.http;

import java.time.Duration;

/** How much a client may take: none may cost the others their service. */
final class Limits {
  static final int REQUEST_LINE_BYTES = 4 * 1024;
  static final int HEADER_BYTES = 16 * 1024;
  static final int BODY_BYTES = 1024 * 1024;

  /** All bodies that are on their way together, over all connections. */
  static final int BODIES_BYTES = 16 * 1024 * 1024;

  /** Connections beyond the limit that are still let in, to answer health checks. */
  static final int SPARE_CONNECTIONS = 64;

  /** From the first byte of a request to the end of its header. */
  static final Duration HEADER = Duration.ofSeconds(10);

  /** From the end of the header to the end of the body. */
  static final Duration BODY = Duration.ofSeconds(20);

  /** Between two requests. Longer than the usual load balancer's, so that it closes first. */
  static final Duration IDLE = Duration.ofSeconds(75);

  /** In which a client has to take a good part of what waits for it. */
  static final Duration STALLED = Duration.ofSeconds(20);

  /** After the last answer, for the client to read it and close. */
  static final Duration LINGER = Duration.ofSeconds(2);

  private Limits() {}
}
