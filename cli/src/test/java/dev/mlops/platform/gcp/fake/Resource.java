package dev.mlops.platform.gcp.fake;

import com.google.rpc.Code;

/** Parts of resource names such as {@code projects/P/locations/L/clusters/C}. */
final class Resource {
  private Resource() {}

  static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /**
   * The part after a collection's name.
   *
   * @throws ApiFault if the name has no such part
   */
  static String part(String name, String collection) {
    String[] parts = name.split("/", -1);
    for (int i = 0; i + 1 < parts.length; i += 2) {
      if (parts[i].equals(collection) && !parts[i + 1].isEmpty()) {
        return parts[i + 1];
      }
    }
    throw ApiFault.of(Code.INVALID_ARGUMENT, "Invalid resource name: " + name);
  }

  static void mustMatch(String value, String pattern, String field) {
    if (!value.matches(pattern)) {
      throw ApiFault.invalid(
          "Invalid value for field \"" + field + "\": \"" + value + "\" must match " + pattern);
    }
  }
}
