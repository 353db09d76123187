package dev.mlops.service.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** The request under way on a connection. The object serves all requests of the connection. */
final class Exchange {
  private static final String TRACEPARENT = "traceparent";

  private Route route = Route.UNKNOWN;
  private Verb verb = Verb.OTHER;
  private boolean keepAlive;
  private boolean http10;
  private String traceparent;
  private long startedAt;

  void begin(Routes routes, HttpRequest request, long now) {
    if (request.decoderResult().isFailure()) {
      beginNone(now);
      return;
    }
    startedAt = now;
    route = routes.of(request.uri());
    verb = Verb.of(request.method());
    keepAlive = HttpUtil.isKeepAlive(request);
    http10 = !request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    traceparent = request.headers().get(TRACEPARENT);
  }

  /** A request that can't be read. */
  void beginNone(long now) {
    startedAt = now;
    route = Route.UNKNOWN;
    verb = Verb.OTHER;
    keepAlive = false;
    http10 = false;
    traceparent = null;
  }

  Route route() {
    return route;
  }

  Verb verb() {
    return verb;
  }

  /** The connection ends with the answer. */
  void close() {
    keepAlive = false;
  }

  boolean keepAlive() {
    return keepAlive;
  }

  boolean http10() {
    return http10;
  }

  /** Null if there is none. */
  String traceparent() {
    return traceparent;
  }

  /** By {@link System#nanoTime()}. */
  long startedAt() {
    return startedAt;
  }

  /** Why the header is refused whatever it asks for, or null if it is not. */
  static Fault flaw(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return DecoderFaults.of(request.decoderResult().cause());
    }
    HttpVersion version = request.protocolVersion();
    if (version.majorVersion() != 1) {
      return Fault.VERSION_NOT_SUPPORTED;
    }
    // Two hosts, or none: which one a proxy went by can't be known.
    int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
    return hosts > 1 || (hosts == 0 && version.minorVersion() > 0) ? Fault.BAD_REQUEST : null;
  }
}
