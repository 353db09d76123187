package dev.mlops.service.http;

import java.util.Locale;

/** Whether a Content-Type is JSON in UTF-8. */
final class MediaType {
  private static final String JSON = "application/json";

  private MediaType() {}

  /**
   * @param header null where the request has none, which is taken for JSON
   */
  static boolean isJson(String header) {
    if (header == null || header.equals(JSON)) {
      return true;
    }
    String[] parts = header.toLowerCase(Locale.ROOT).split(";", -1);
    String type = parts[0].strip();
    if (!type.equals(JSON) && !(type.startsWith("application/") && type.endsWith("+json"))) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        return false;
      }
    }
    return true;
  }
}
