package dev.mlops.service.http;

/** How much a client may take: none may cost the others their service. */
final class Limits {
  /** One for each CPU that the process may use. */
  static final int LOOPS = Runtime.getRuntime().availableProcessors();

  static final int REQUEST_LINE_BYTES = 4 * 1024;
  static final int HEADER_BYTES = 16 * 1024;
  static final int BODY_BYTES = 1024 * 1024;

  /**
   * All requests that are on their way together, for one event loop: an eighth of the heap, as what
   * grows leaves garbage behind, and room for one body that has been doubled to its size.
   */
  static final int BODIES_BYTES =
      (int)
          Math.max(
              2L * BODY_BYTES,
              Math.min(16L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 8) / LOOPS);

  /** Connections beyond the limit that are still let in, to answer health checks. */
  static final int SPARE_CONNECTIONS = 64;

  /** What is handed to the system at once; more answers than this are not held back. */
  static final int WRITE_BYTES = 64 * 1024;

  private Limits() {}
}
