package dev.mlops.console;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** The command that leads into a folder, as it can be pasted into a shell. */
public final class ChangeFolder {
  private static final Pattern PLAIN =
      Pattern.compile("[\\w@%+=:,./-]+", Pattern.UNICODE_CHARACTER_CLASS);

  private ChangeFolder() {}

  /**
   * By the way that a person would type it: down from here, or from the root.
   *
   * @param from absolute
   * @param to absolute
   */
  public static String command(Path from, Path to) {
    String way = (to.startsWith(from) ? from.relativize(to) : to).toString();
    boolean isPlain = PLAIN.matcher(way).matches() && !way.startsWith("-");
    return "cd " + (isPlain ? way : (way.startsWith("-") ? "-- " : "") + quoted(way));
  }

  private static String quoted(String way) {
    return "'" + way.replace("'", "'\\''") + "'";
  }
}
