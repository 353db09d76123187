/**
 * Spans of sampled requests and their way to a collector. Whoever makes a span never waits: what
 * the collector does not take is dropped and counted. Knows nothing of HTTP servers.
 */
package dev.mlops.service.trace;
