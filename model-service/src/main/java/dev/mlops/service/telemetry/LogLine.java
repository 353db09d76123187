package dev.mlops.service.telemetry;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the log. Holds nothing that a client wrote: no body, no path, no header but the trace
 * ids, which are hexadecimal.
 *
 * @param facts further members of the object: texts and numbers
 */
record LogLine(
    Instant time,
    Severity severity,
    String message,
    Optional<TraceContext> trace,
    Map<String, ?> facts) {}
