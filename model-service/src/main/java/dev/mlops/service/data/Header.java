package dev.mlops.service.data;

import dev.mlops.service.problem.Code;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The first line of a table. */
final class Header {
  private static final String DELIMITERS = ",;\t|";

  private Header() {}

  /** The delimiter that stands most often in the first line, outside quotes; a comma if none. */
  static char guessDelimiter(Reader text) throws IOException {
    int[] counts = new int[DELIMITERS.length()];
    boolean quoted = false;
    int next;
    while ((next = text.read()) >= 0 && (quoted || (next != '\n' && next != '\r'))) {
      quoted ^= next == '"';
      int delimiter = DELIMITERS.indexOf(next);
      if (delimiter >= 0 && !quoted) {
        counts[delimiter]++;
      }
    }
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return DELIMITERS.charAt(most);
  }

  /**
   * @throws dev.mlops.service.problem.ProblemException unless every column has a name of its own
   */
  static List<String> check(String[] names) {
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      if (names[i].isEmpty()) {
        throw Code.DATA_HEADER.problem(
            "Column " + (i + 1) + " has no name",
            "The first line has to name every column",
            "Name it, or take the column out (pandas: to_csv(…, index=False))");
      }
      Integer former = columns.put(names[i], i + 1);
      if (former != null) {
        throw Code.DATA_HEADER.problem(
            "Columns " + former + " and " + (i + 1) + " are both named `" + names[i] + "`",
            "",
            "Give each column a name of its own");
      }
    }
    if (Arrays.stream(names).noneMatch(name -> Double.isNaN(Fields.number(name)))) {
      throw Code.DATA_HEADER.problem(
          "The first line has numbers where the names of the columns should be: "
              + String.join(" ", names),
          "The file seems to have no header",
          "Put a line with the names of the columns first");
    }
    return List.of(names);
  }
}
