package dev.mlops.console;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Completes the commands that a text names, so that what is pasted works on the same project and
 * environment.
 *
 * @param flags by verb, what the command line said that the next one would not find without
 */
public record NextCommands(Map<String, Flags> flags) {
  public static final NextCommands AS_THEY_ARE = new NextCommands(Map.of());

  /** A command that may name its environment, or ask for help, itself. */
  private static final Pattern COMMAND =
      Pattern.compile("\\bmlops (?<verb>[a-z]+)\\b(?<own> (-e|--env|--help)\\b)?");

  /**
   * @param project such as {@code " --project 'my model'"}; may be empty
   * @param environment such as {@code " -e prod"}; may be empty
   */
  public record Flags(String project, String environment) {
    private static final Flags NONE = new Flags("", "");
  }

  String complete(String text) {
    return COMMAND.matcher(text).replaceAll(this::completed);
  }

  private String completed(MatchResult command) {
    Flags missing = flags.getOrDefault(command.group("verb"), Flags.NONE);
    String own = command.group("own");
    String verb = "mlops " + command.group("verb");
    return Matcher.quoteReplacement(
        own == null
            ? verb + missing.project() + missing.environment()
            : own.endsWith("--help") ? verb + own : verb + missing.project() + own);
  }
}
