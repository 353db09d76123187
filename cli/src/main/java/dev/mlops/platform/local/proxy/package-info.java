/**
 * One address in front of the replicas: an HTTP/1.1 reverse proxy that keeps connections open on
 * both sides, streams, and tries a request again whose replica died before it answered.
 */
package dev.mlops.platform.local.proxy;
