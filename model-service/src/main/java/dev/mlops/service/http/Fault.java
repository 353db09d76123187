package dev.mlops.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Optional;

/** A request that is not answered with what it asked for. */
public final class Fault {
  public static final Fault BAD_REQUEST =
      of(Status.BAD_REQUEST, "bad_request", "The request is not well-formed HTTP/1.1");
  public static final Fault NOT_FOUND =
      of(Status.NOT_FOUND, "not_found", "There is nothing at this path");
  public static final Fault METHOD_NOT_ALLOWED =
      of(Status.METHOD_NOT_ALLOWED, "method_not_allowed", "The Allow header names the methods");
  public static final Fault REQUEST_TIMEOUT =
      of(Status.REQUEST_TIMEOUT, "request_timeout", "The request took too long to arrive");
  public static final Fault BODY_TOO_LARGE =
      of(
          Status.CONTENT_TOO_LARGE,
          "body_too_large",
          "A body may hold at most " + Limits.BODY_BYTES + " bytes");
  public static final Fault URI_TOO_LONG =
      of(Status.URI_TOO_LONG, "uri_too_long", "The request line is too long");
  public static final Fault UNSUPPORTED_MEDIA_TYPE =
      of(
          Status.UNSUPPORTED_MEDIA_TYPE,
          "unsupported_media_type",
          "Send the body as Content-Type: application/json, in UTF-8");
  public static final Fault UNSUPPORTED_ENCODING =
      of(
          Status.UNSUPPORTED_MEDIA_TYPE,
          "unsupported_encoding",
          "Send the body as it is, without a Content-Encoding");
  public static final Fault EXPECTATION_FAILED =
      of(Status.EXPECTATION_FAILED, "expectation_failed", "Only 100-continue may be expected");
  public static final Fault HEADERS_TOO_LARGE =
      of(Status.HEADERS_TOO_LARGE, "headers_too_large", "The header is too large");
  public static final Fault INTERNAL_ERROR =
      of(Status.INTERNAL_ERROR, "internal_error", "The prediction failed; the log says why");
  public static final Fault NOT_READY =
      of(Status.UNAVAILABLE, "not_ready", "The model is not ready yet");
  public static final Fault OVERLOADED =
      of(Status.UNAVAILABLE, "overloaded", "There are too many requests at once");
  public static final Fault VERSION_NOT_SUPPORTED =
      of(Status.VERSION_NOT_SUPPORTED, "version_not_supported", "Speak HTTP/1.1");

  private final Status status;
  private final String code;
  private final String message;
  private final byte[] body;

  private Fault(Status status, String code, String message, Optional<String> field) {
    this.status = status;
    this.code = code;
    this.message = message;
    this.body = json(code, message, field);
  }

  /**
   * A fault of a handler's own.
   *
   * @param code a word that programs read
   * @param field the part of the request that is at fault
   */
  public static Fault of(Status status, String code, String message, Optional<String> field) {
    return new Fault(status, code, message, field);
  }

  public Status status() {
    return status;
  }

  /** The word that programs read. */
  public String code() {
    return code;
  }

  /** The JSON that tells it; nobody writes to it. */
  byte[] body() {
    return body;
  }

  /** The same as one text, for protocols that know no more of a fault. */
  byte[] plainBody() {
    return ("{\"error\":" + quoted(code + ": " + message) + "}").getBytes(UTF_8);
  }

  private static Fault of(Status status, String code, String message) {
    return of(status, code, message, Optional.empty());
  }

  private static byte[] json(String code, String message, Optional<String> field) {
    String more = field.map(name -> ",\"field\":" + quoted(name)).orElse("");
    return ("{\"error\":{\"code\":\"" + code + "\",\"message\":" + quoted(message) + more + "}}")
        .getBytes(UTF_8);
  }

  private static String quoted(String text) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
  }
}
