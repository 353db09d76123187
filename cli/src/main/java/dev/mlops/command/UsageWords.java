package dev.mlops.command;

import dev.mlops.config.DidYouMean;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Puts what picocli says of a command line into words that name no classes of Java. */
final class UsageWords {
  private static final Pattern CONVERSION =
      Pattern.compile("cannot convert '(.*)' to \\w+ \\([\\w.$]+: (.*)\\)", Pattern.DOTALL);
  private static final Pattern CHOICE =
      Pattern.compile("expected one of \\[(.*)] \\(case-insensitive\\) but was '(.*)'");
  private static final Pattern WHOLE = Pattern.compile("is not an? (int|long)$");
  private static final Pattern NUMBER = Pattern.compile("is not an? (float|double)$");

  private UsageWords() {}

  /** What is wrong with the command line. */
  static String of(CommandLine.ParameterException e) {
    if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)) {
      return of(e.getMessage());
    }
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String first = unmatched.getUnmatched().getFirst();
    if (unmatched.isUnknownOption()) {
      return "`" + command + "` has no option '" + first + "'";
    }
    return e.getCommandLine().getSubcommands().isEmpty()
        ? "`" + command + "` has no use for '" + first + "'"
        : "There is no command `" + command + " " + first + "`";
  }

  /** What may have been meant, as a sentence; empty if nothing is near. */
  static String guess(CommandLine.ParameterException e) {
    if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)) {
      return "";
    }
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    Set<String> names =
        unmatched.isUnknownOption() ? spec.optionsMap().keySet() : spec.subcommands().keySet();
    String path = unmatched.isUnknownOption() ? "" : spec.qualifiedName() + " ";
    String typed = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
    return DidYouMean.nearest(typed, names)
        .map(name -> "Did you mean `" + path + name + "`?")
        .orElse("");
  }

  private static String of(String said) {
    String plain = CONVERSION.matcher(said).replaceFirst("$2, got '$1'");
    plain = CHOICE.matcher(plain).replaceFirst(UsageWords::choice);
    plain = WHOLE.matcher(plain).replaceFirst("is not a whole number");
    return NUMBER.matcher(plain).replaceFirst("is not a number");
  }

  private static String choice(MatchResult found) {
    List<String> choices = List.of(found.group(1).toLowerCase(Locale.ROOT).split(", ", -1));
    String got = found.group(2);
    return Matcher.quoteReplacement(
        "expected one of "
            + String.join(", ", choices)
            + ", got '"
            + got
            + "'"
            + DidYouMean.hint(got, choices));
  }
}
