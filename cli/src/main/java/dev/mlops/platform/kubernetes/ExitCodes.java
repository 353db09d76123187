package dev.mlops.platform.kubernetes;

/** What a container's exit code says beyond its number. */
final class ExitCodes {
  private ExitCodes() {}

  /** In parentheses behind a space, or empty. */
  static String meaning(int code) {
    return switch (code) {
      case 0 -> " (done, but a service must not end)";
      case 126 -> " (the program may not be run)";
      case 127 -> " (the program was not found)";
      case 134 -> " (aborted)";
      case 137 -> " (killed)";
      case 139 -> " (memory fault)";
      case 143 -> " (asked to end)";
      default -> "";
    };
  }
}
