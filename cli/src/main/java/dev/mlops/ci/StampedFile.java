package dev.mlops.ci;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.mlops.platform.Digest;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of which the tool can tell whether somebody has changed it: its last line is a checksum of
 * the rest, as it was written. What was changed is never overwritten unasked.
 */
public final class StampedFile {
  private static final Pattern STAMP =
      Pattern.compile("(?s)(.*\n)# As mlops wrote it: ([0-9a-f]{12})\n?");

  private static final int CONTEXT_LINES = 3;

  /** What became of a file. */
  public enum Outcome {
    /** It was not there. */
    WRITTEN,
    /** It is what would be written. */
    UNCHANGED,
    /** It was as an earlier run had written it. */
    UPDATED,
    /** Somebody has changed it: it stays. */
    KEPT,
    /** Somebody had changed it; it was replaced on request. */
    REPLACED;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param path in the project, with slashes
   * @param difference from what is there to what would be written, in unified form; empty unless
   *     kept
   */
  public record Result(String path, Outcome outcome, String difference) {}

  private final Path project;
  private final String path;
  private final String text;

  /**
   * @param path in the project, with slashes
   * @param text without the stamp
   */
  public StampedFile(Path project, String path, String text) {
    this.project = project;
    this.path = path;
    this.text = stamped(text);
  }

  /** With its last line. */
  public static String stamped(String text) {
    return text + "# As mlops wrote it: " + checksum(text) + "\n";
  }

  /**
   * @param force whether what somebody has changed may be replaced
   */
  public Result write(boolean force) {
    Path file = project.resolve(path);
    try {
      Outcome outcome = outcome(file, force);
      return switch (outcome) {
        case UNCHANGED -> new Result(path, outcome, "");
        case KEPT -> new Result(path, outcome, difference(Files.readString(file)));
        case WRITTEN, UPDATED, REPLACED -> {
          replace(file);
          yield new Result(path, outcome, "");
        }
      };
    } catch (IOException e) {
      throw DiskFaults.writing(file, e);
    }
  }

  private Outcome outcome(Path file, boolean force) throws IOException {
    if (!Files.exists(file)) {
      return Outcome.WRITTEN;
    }
    String there = Files.readString(file);
    if (there.equals(text)) {
      return Outcome.UNCHANGED;
    }
    if (isAsWritten(there)) {
      return Outcome.UPDATED;
    }
    return force ? Outcome.REPLACED : Outcome.KEPT;
  }

  static boolean isAsWritten(String text) {
    Matcher stamp = STAMP.matcher(text);
    return stamp.matches() && checksum(stamp.group(1)).equals(stamp.group(2));
  }

  private String difference(String there) {
    List<String> before = there.lines().toList();
    List<String> after = text.lines().toList();
    return String.join(
        "\n",
        UnifiedDiffUtils.generateUnifiedDiff(
            path, path, before, DiffUtils.diff(before, after), CONTEXT_LINES));
  }

  private void replace(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path unfinished = Files.createTempFile(folder, ".mlops", ".unfinished");
    try {
      Files.writeString(unfinished, text);
      boolean isScript = text.startsWith("#!");
      if (!unfinished.toFile().setReadable(true, false)
          || (isScript && !unfinished.toFile().setExecutable(true, false))) {
        throw new IOException("its rights can't be set");
      }
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static String checksum(String text) {
    return Digest.of(text).brief();
  }
}
