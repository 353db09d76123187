package dev.mlops.scaffold;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Text as a YAML value that every parser reads as that text. */
final class YamlScalar {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");
  private static final Pattern WORDS = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");

  private static final Pattern SPECIAL = Pattern.compile("[\\x7F-\\x9F\\u2028\\u2029\\uFEFF]");

  private YamlScalar() {}

  static String of(String text) {
    if (PLAIN.matcher(text).matches() && !WORDS.matcher(text).matches()) {
      return text;
    }
    // A JSON string is a YAML one, but for characters that end lines in YAML or may not stand
    // there.
    String json = new String(JsonStringEncoder.getInstance().quoteAsString(text));
    return '"' + SPECIAL.matcher(json).replaceAll(YamlScalar::escaped) + '"';
  }

  private static String escaped(MatchResult found) {
    return String.format(Locale.ROOT, "\\\\u%04X", (int) found.group().charAt(0));
  }
}
