package dev.mlops.service.http;

import dev.mlops.service.trace.Trace;

/**
 * What is told of a traced request, in the names of <a
 * href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">OpenTelemetry's conventions
 * for HTTP servers</a>.
 */
final class ServerSpan {
  /** Callers may send kilobytes; nobody reads them. */
  private static final int LONGEST = 256;

  private ServerSpan() {}

  /**
   * @param path as it was asked for
   */
  static void begin(Trace trace, Request request, String path, boolean old) {
    Route route = request.route();
    trace.attribute("http.request.method", method(request.verb(), "_OTHER"));
    trace.attribute("url.path", brief(path));
    trace.attribute("url.scheme", "http");
    trace.attribute("network.protocol.version", old ? "1.0" : "1.1");
    if (route.leadsSomewhere()) {
      trace.attribute("http.route", route.path());
    }
    String agent = request.header("user-agent");
    if (agent != null) {
      trace.attribute("user_agent.original", brief(agent));
    }
  }

  /**
   * @param code of the fault, or null. The conventions know of no errors of the client's own at a
   *     server, so theirs have a name of ours.
   */
  static void end(Trace trace, Status status, String code) {
    trace.attribute("http.response.status_code", status.code());
    if (code != null) {
      trace.attribute("mlops.fault", code);
    }
    if (isError(status)) {
      trace.attribute("error.type", code == null ? Integer.toString(status.code()) : code);
    }
  }

  static boolean isError(Status status) {
    return status.code() >= 500;
  }

  static String name(Request request) {
    String method = method(request.verb(), "HTTP");
    Route route = request.route();
    return route.leadsSomewhere() ? method + " " + route.path() : method;
  }

  private static String method(Verb verb, String other) {
    return verb == Verb.OTHER ? other : verb.name();
  }

  private static String brief(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
