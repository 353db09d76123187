package dev.mlops.image;

import dev.mlops.problem.Code;
import java.util.Locale;

/**
 * What programs a machine runs, in the words of OCI.
 *
 * @param os {@code linux}, {@code darwin} or {@code windows}
 * @param architecture {@code amd64} or {@code arm64}
 */
record Machine(String os, String architecture) {
  static Machine here() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String os = name.startsWith("mac") ? "darwin" : name.startsWith("win") ? "windows" : name;
    return new Machine(os, architecture(System.getProperty("os.arch")));
  }

  boolean isLinux() {
    return os.equals("linux");
  }

  /** As Debian, and most after it, name the folder of this architecture's libraries. */
  String triplet() {
    return (architecture.equals("arm64") ? "aarch64" : "x86_64") + "-linux-gnu";
  }

  /** ELF's number of the processor. */
  int elfMachine() {
    return architecture.equals("arm64") ? 183 : 62;
  }

  private static String architecture(String name) {
    return switch (name) {
      case "amd64", "x86_64" -> "amd64";
      case "aarch64", "arm64" -> "arm64";
      default ->
          throw Code.IMAGE_ARCHITECTURE.problem(
              "Images can't be built on a machine of kind " + name,
              "Runtimes and bases are known for amd64 and arm64.",
              "Build on a machine of one of these, in CI for example");
    };
  }
}
