/** What the service tells of itself: metrics, logs, trace context. Knows nothing of HTTP. */
package dev.mlops.service.telemetry;
