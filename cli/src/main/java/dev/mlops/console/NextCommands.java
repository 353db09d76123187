package dev.mlops.console;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Completes the commands that a text names, so that what is pasted works on the same environment.
 *
 * @param environment that the command line named; empty if the next one would find it without
 */
record NextCommands(Optional<String> environment) {
  static final NextCommands AS_THEY_ARE = new NextCommands(Optional.empty());

  /** One that works on an environment, and does not name it. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "\\bmlops (plan|up|provision|train|build|deploy|releases|rollback|status|logs|top|open"
              + "|doctor|loadtest|cost|pause|resume|destroy|export|drift|manifests)\\b"
              + "(?! (-e|--env|--help)\\b)");

  String complete(String text) {
    return environment
        .map(name -> COMMAND.matcher(text).replaceAll("$0 -e " + Matcher.quoteReplacement(name)))
        .orElse(text);
  }
}
