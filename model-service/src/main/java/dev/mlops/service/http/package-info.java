/**
 * HTTP/1.1 on the JDK's own sockets: one {@link dev.mlops.service.http.Loop} per CPU, and
 * everything of a connection on its own loop, the {@link dev.mlops.service.http.Handler} too. The
 * way of a request: {@link dev.mlops.service.http.Wire} reads bytes, {@link
 * dev.mlops.service.http.Intake} makes a request of them, {@link dev.mlops.service.http.Connection}
 * has it answered, {@link dev.mlops.service.http.Outbox} puts the answer together. Knows nothing of
 * models.
 */
package dev.mlops.service.http;
