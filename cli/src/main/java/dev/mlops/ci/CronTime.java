package dev.mlops.ci;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The times of a schedule, as POSIX has them.
 *
 * @see <a
 *     href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/crontab.html">crontab</a>
 */
final class CronTime {
  private static final Pattern PART =
      Pattern.compile("(?:\\*|(\\w+)(?:-(\\w+))?)(?:/([1-9]\\d*))?");

  /** A field's least and greatest number, and the names that stand for numbers, from the least. */
  private record Field(int least, int greatest, List<String> names) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field(0, 59, List.of()),
          new Field(0, 23, List.of()),
          new Field(1, 31, List.of()),
          new Field(
              1,
              12,
              List.of(
                  "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                  "dec")),
          new Field(0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));

  private CronTime() {}

  static boolean isTime(String text) {
    String[] fields = text.strip().split("\\s+", -1);
    if (fields.length != FIELDS.size()) {
      return false;
    }
    for (int i = 0; i < fields.length; i++) {
      for (String part : fields[i].split(",", -1)) {
        if (!isPart(part, FIELDS.get(i))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isPart(String text, Field field) {
    Matcher part = PART.matcher(text);
    if (!part.matches()) {
      return false;
    }
    if (part.group(1) == null) {
      return true;
    }
    OptionalInt from = number(part.group(1), field);
    OptionalInt to = part.group(2) == null ? from : number(part.group(2), field);
    return from.isPresent() && to.isPresent() && from.getAsInt() <= to.getAsInt();
  }

  private static OptionalInt number(String text, Field field) {
    int named = field.names().indexOf(text.toLowerCase(Locale.ROOT));
    if (named >= 0) {
      return OptionalInt.of(field.least() + named);
    }
    int number = text.matches("\\d{1,2}") ? Integer.parseInt(text) : -1;
    return number >= field.least() && number <= field.greatest()
        ? OptionalInt.of(number)
        : OptionalInt.empty();
  }
}
