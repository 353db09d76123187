package dev.mlops.ci;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The functions of GitHub's expressions.
 *
 * @see <a
 *     href="https://docs.github.com/actions/reference/workflows-and-actions/expressions#functions">
 *     Functions</a>
 */
final class ExpressionFunctions {
  private static final int ANY = 255;

  /** A place in the text of {@code format}. */
  private static final Pattern PLACE = Pattern.compile("\\{(\\d{1,4})}");

  /** The fewest and the most values that they take. */
  private static final Map<String, int[]> TAKES =
      Map.ofEntries(
          Map.entry("always", new int[] {0, 0}),
          Map.entry("cancelled", new int[] {0, 0}),
          Map.entry("case", new int[] {3, ANY}),
          Map.entry("contains", new int[] {2, 2}),
          Map.entry("endswith", new int[] {2, 2}),
          Map.entry("failure", new int[] {0, 0}),
          Map.entry("format", new int[] {1, ANY}),
          Map.entry("fromjson", new int[] {1, 1}),
          Map.entry("hashfiles", new int[] {1, ANY}),
          Map.entry("join", new int[] {1, 2}),
          Map.entry("startswith", new int[] {2, 2}),
          Map.entry("success", new int[] {0, 0}),
          Map.entry("tojson", new int[] {1, 1}));

  private ExpressionFunctions() {}

  /** In lower case: GitHub does not tell case apart. */
  static Set<String> names() {
    return TAKES.keySet();
  }

  /**
   * What is wrong with a call; of a function that there is not, nothing.
   *
   * @param first token of the first value
   */
  static Optional<String> fault(String name, String first, int count) {
    String plain = name.toLowerCase(Locale.ROOT);
    int[] takes = TAKES.getOrDefault(plain, new int[] {0, ANY});
    if (count < takes[0] || count > takes[1]) {
      return Optional.of(name + " takes " + counted(takes) + ", not " + count);
    }
    return plain.equals("format") && first.startsWith("'")
        ? open(first, count - 1)
        : Optional.empty();
  }

  private static Optional<String> open(String text, int values) {
    return PLACE
        .matcher(text.replace("{{", "").replace("}}", ""))
        .results()
        .filter(place -> Integer.parseInt(place.group(1)) >= values)
        .map(MatchResult::group)
        .findFirst()
        .map(place -> "there is no value for " + place);
  }

  private static String counted(int[] takes) {
    if (takes[1] == ANY) {
      return takes[0] + " values or more";
    }
    return takes[0] == takes[1] ? takes[0] + " values" : takes[0] + " or " + takes[1] + " values";
  }
}
