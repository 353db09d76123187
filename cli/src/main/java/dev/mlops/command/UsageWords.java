package dev.mlops.command;

import dev.mlops.config.DidYouMean;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts what picocli says of a command line into words that name no classes of Java. */
final class UsageWords {
  private static final Pattern CONVERSION =
      Pattern.compile("cannot convert '(.*)' to \\w+ \\([\\w.$]+: (.*)\\)", Pattern.DOTALL);
  private static final Pattern CHOICE =
      Pattern.compile("expected one of \\[(.*)] \\(case-insensitive\\) but was '(.*)'");
  private static final Pattern WHOLE = Pattern.compile("is not an? (int|long)$");
  private static final Pattern NUMBER = Pattern.compile("is not an? (float|double)$");

  private UsageWords() {}

  static String of(String said) {
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
