package dev.mlops.loadtest;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Why a request has no good answer, but for those that its status tells. */
enum Failure {
  REFUSED("connection refused"),
  UNREACHABLE("no connection"),
  RESET("connection reset"),
  CLOSED("connection closed before the answer was whole"),
  TIMEOUT("timeout"),
  NOT_HTTP("not an HTTP answer"),
  BAD_BODY("body is not the JSON that it says it is"),
  TLS("no TLS connection"),
  BODY_LACKS("the body lacks what the plan expects"),
  NO_CONNECTION("no connection was free within the timeout"),
  BACKING_OFF("not sent, as the target takes no connections"),
  ASKED_TO_WAIT("not sent, as the target asked to wait"),
  UNFINISHED("not answered when the test ended"),
  LOCAL_LIMIT("this machine could not open another connection");

  private final String kind;

  Failure(String kind) {
    this.kind = kind;
  }

  /** As it stands in reports. */
  String kind() {
    return kind;
  }

  /**
   * Loads all that telling errors apart takes: when no file can be opened any more, no class can be
   * read either.
   */
  static void prepare() {
    new Recording().failed(of(new ConnectException(), false).kind(), () -> "");
  }

  /**
   * @param connected whether the connection stood already
   */
  static Failure of(IOException e, boolean connected) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (e instanceof BindException
        || message.contains("too many open files")
        || message.contains("cannot assign requested address")) {
      return LOCAL_LIMIT;
    }
    if (connected) {
      return RESET;
    }
    if (e instanceof SSLException) {
      return TLS;
    }
    return switch (e) {
      case NoRouteToHostException _ -> UNREACHABLE;
      case ConnectException _ when message.contains("refused") -> REFUSED;
      default -> message.contains("reset") ? RESET : UNREACHABLE;
    };
  }
}
