package dev.mlops.service.http;

/** How much a client may take: none may cost the others their service. */
final class Limits {
  static final int REQUEST_LINE_BYTES = 4 * 1024;
  static final int HEADER_BYTES = 16 * 1024;
  static final int BODY_BYTES = 1024 * 1024;

  /** All bodies that are on their way together, over all connections. */
  static final int BODIES_BYTES = 16 * 1024 * 1024;

  /** Connections beyond the limit that are still let in, to answer health checks. */
  static final int SPARE_CONNECTIONS = 64;

  private Limits() {}
}
