package dev.mlops.problem;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A word of a command line that is shown, so that it can be pasted into a shell. */
public final class ShellWord {
  private static final Pattern PLAIN =
      Pattern.compile("[\\w@%+=:,./-]+", Pattern.UNICODE_CHARACTER_CLASS);

  private ShellWord() {}

  /** As it is where a shell takes it for one word, in quotes elsewhere. */
  public static String of(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  public static String of(Path path) {
    return of(path.toString());
  }

  /** A program and what it is given. */
  public static String line(List<String> words) {
    return words.stream().map(ShellWord::of).collect(Collectors.joining(" "));
  }
}
