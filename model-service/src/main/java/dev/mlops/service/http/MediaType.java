package dev.mlops.service.http;

import java.util.Locale;

/** Whether a Content-Type is JSON in UTF-8. */
final class MediaType {
  private static final String JSON = "application/json";
  private static final byte[] USUAL = Ascii.bytes(JSON);

  private MediaType() {}

  /**
   * @param from where the request begins
   * @param header its Content-Type: a request that has none is taken for JSON
   */
  static boolean isJson(byte[] bytes, int from, Place header) {
    return !header.isSet()
        || Ascii.equals(bytes, from + header.from(), from + header.to(), USUAL)
        || isJson(header.text(bytes, from));
  }

  private static boolean isJson(String header) {
    String[] parts = header.toLowerCase(Locale.ROOT).split(";", -1);
    String type = parts[0].strip();
    if (!type.equals(JSON) && !(type.startsWith("application/") && type.endsWith("+json"))) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.matches("charset=utf-?8")) {
        return false;
      }
    }
    return true;
  }
}
