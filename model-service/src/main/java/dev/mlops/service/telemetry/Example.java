package dev.mlops.service.telemetry;

import java.time.Instant;

/**
 * A traced request that stands for others of its kind: an exemplar of OpenMetrics.
 *
 * @param value what was measured of it
 */
public record Example(String traceId, double value, Instant time) {}
