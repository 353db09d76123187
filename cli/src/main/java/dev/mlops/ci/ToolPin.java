package dev.mlops.ci;

import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;

/**
 * The version of the tool that a project's runs use: this very tool. What its release's archive has
 * to be is known without asking anybody.
 *
 * @param home the installation: {@code bin/}, {@code lib/}, {@code service/}
 */
public record ToolPin(Path home) {
  /** Where a tool was built that has no version yet. */
  private static final String UNKNOWN = "0.0.0";

  private static final int HEX_DIGITS = 64;

  static String version() {
    String version = ToolPin.class.getPackage().getImplementationVersion();
    return version == null ? UNKNOWN : version;
  }

  /**
   * Of the release's tar, in hexadecimal; empty if this is no whole installation. To read all of it
   * takes a second, so the sum is kept beside it, with what it was made of.
   */
  String sha256() {
    if (!Files.isDirectory(home.resolve("bin"))) {
      return "";
    }
    var archive = new ReleaseArchive(home, version());
    Path kept = home.resolve("archive.sha256");
    try {
      String state = archive.state();
      Optional<String> known = read(kept, state);
      if (known.isPresent()) {
        return known.get();
      }
      String sum = archive.checksum();
      keep(kept, sum + " " + state);
      return sum;
    } catch (IOException e) {
      throw DiskFaults.reading(home, e);
    }
  }

  /**
   * Where its release is, without the folder of the version; empty if it was built by anybody else
   * than the release workflow.
   */
  public String releases() {
    Path jar = home.resolve("lib/mlops-cli.jar");
    if (!Files.isReadable(jar)) {
      return "";
    }
    try (var opened = new JarFile(jar.toFile())) {
      String said = opened.getManifest().getMainAttributes().getValue("Mlops-Releases");
      return said == null ? "" : said.strip();
    } catch (IOException e) {
      throw DiskFaults.reading(jar, e);
    }
  }

  /** The script that fetches and runs it. */
  String wrapper() {
    return WorkflowTemplate.read("mlopsw")
        .replacing("${MLOPS_RELEASES:-}", "${MLOPS_RELEASES:-" + releases() + "}")
        .replacing("version=0.0.0\n", "version=" + version() + "\n")
        .replacing("sha256=" + "0".repeat(HEX_DIGITS) + "\n", "sha256=" + sha256() + "\n")
        .text();
  }

  private static Optional<String> read(Path kept, String state) throws IOException {
    if (!Files.isReadable(kept)) {
      return Optional.empty();
    }
    String text = Files.readString(kept);
    return text.endsWith(" " + state) && text.indexOf(' ') == HEX_DIGITS
        ? Optional.of(text.substring(0, HEX_DIGITS))
        : Optional.empty();
  }

  /** An installation that is not ours to write in is read again each time. */
  private static void keep(Path kept, String text) {
    try {
      Files.writeString(kept, text);
    } catch (IOException e) {
      kept.toFile().delete();
    }
  }
}
