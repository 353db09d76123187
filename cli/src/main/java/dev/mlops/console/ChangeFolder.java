package dev.mlops.console;

import dev.mlops.problem.ShellWord;
import java.nio.file.Path;

/** The command that leads into a folder, as it can be pasted into a shell. */
public final class ChangeFolder {
  private ChangeFolder() {}

  /**
   * By the way that a person would type it: down from here, or from the root.
   *
   * @param from absolute
   * @param to absolute
   */
  public static String command(Path from, Path to) {
    String way = (to.startsWith(from) ? from.relativize(to) : to).toString();
    return "cd " + (way.startsWith("-") ? "-- " : "") + ShellWord.of(way);
  }
}
