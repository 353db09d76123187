package dev.mlops.platform.local.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** What the proxy itself answers, in the form of the service's own errors. */
enum Answer {
  MALFORMED(HttpResponseStatus.BAD_REQUEST, "malformed_request", "the request is not valid HTTP"),
  TOO_SLOW(HttpResponseStatus.REQUEST_TIMEOUT, "too_slow", "the request did not arrive in time"),
  LINE_TOO_LONG(HttpResponseStatus.REQUEST_URI_TOO_LONG, "line_too_long", "the path is too long"),
  HEADERS_TOO_LARGE(
      HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
      "headers_too_large",
      "the headers are too large"),
  NOT_SUPPORTED(
      HttpResponseStatus.NOT_IMPLEMENTED, "not_supported", "CONNECT is not supported here"),
  LOST(HttpResponseStatus.BAD_GATEWAY, "replica_lost", "the replica ended before it answered"),
  NOT_READY(HttpResponseStatus.SERVICE_UNAVAILABLE, "not_ready", "no replica is ready"),
  NO_ANSWER(
      HttpResponseStatus.GATEWAY_TIMEOUT, "replica_timeout", "the replica did not answer in time");

  private final int status;
  private final String body;

  Answer(HttpResponseStatus status, String code, String message) {
    this.status = status.code();
    this.body = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";
  }

  /** The interim answer to {@code Expect: 100-continue}. */
  static FullHttpResponse goOn() {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
  }

  FullHttpResponse response() {
    var content = Unpooled.copiedBuffer(body, UTF_8);
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), content);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
    if (this == NOT_READY) {
      response.headers().set(HttpHeaderNames.RETRY_AFTER, 1);
    }
    return response;
  }
}
