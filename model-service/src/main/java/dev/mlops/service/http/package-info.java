/**
 * HTTP/1.1 over Netty: one event loop per CPU, and everything of a connection on its own loop, the
 * prediction too. What is per loop is in {@link dev.mlops.service.http.Worker}, what is per
 * connection in {@link dev.mlops.service.http.Connection}.
 */
package dev.mlops.service.http;
