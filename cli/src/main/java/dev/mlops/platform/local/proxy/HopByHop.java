package dev.mlops.platform.local.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;

/**
 * Headers that speak of one connection and end there (RFC 9110, 7.6.1). Transfer-Encoding and
 * Content-Length stay: the codec on the other side frames by them.
 */
final class HopByHop {
  private static final List<CharSequence> NAMES =
      List.of(
          HttpHeaderNames.CONNECTION,
          "keep-alive",
          HttpHeaderNames.PROXY_AUTHENTICATE,
          HttpHeaderNames.PROXY_AUTHORIZATION,
          "proxy-connection",
          HttpHeaderNames.TE,
          HttpHeaderNames.UPGRADE);

  private HopByHop() {}

  static void remove(HttpHeaders headers) {
    if (headers.contains(HttpHeaderNames.CONNECTION)) {
      for (String value : headers.getAll(HttpHeaderNames.CONNECTION)) {
        removeNamed(headers, value);
      }
    }
    for (CharSequence name : NAMES) {
      headers.remove(name);
    }
  }

  private static void removeNamed(HttpHeaders headers, String connection) {
    for (String option : connection.split(",", -1)) {
      String name = option.trim().toLowerCase(Locale.ROOT);
      // A client must not make the proxy drop what frames the message.
      if (!name.isEmpty() && !name.equals("content-length") && !name.equals("transfer-encoding")) {
        headers.remove(name);
      }
    }
  }
}
