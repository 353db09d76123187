package dev.mlops.service.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Guesses which name was meant. */
public final class Guess {
  private static final int LISTED = 20;

  private Guess() {}

  /** A sentence that names the nearest of the known names, or lists them. */
  public static String among(Collection<String> known, String given) {
    return known.stream()
        .min(Comparator.comparingInt(name -> distance(name, given)))
        .filter(name -> distance(name, given) <= farthest(given))
        .map(name -> "Did you mean `" + name + "`?")
        .orElseGet(() -> "There is: " + listed(known));
  }

  private static int farthest(String given) {
    return Math.min((given.length() + 1) / 2, Math.max(2, given.length() / 3));
  }

  private static String listed(Collection<String> known) {
    String names = String.join(", ", known.stream().limit(LISTED).toList());
    int more = known.size() - LISTED;
    return more > 0 ? names + " and " + more + " more" : names;
  }

  /** Levenshtein's, without regard to case. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] above = new int[b.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] line = new int[above.length];
      line[0] = i;
      for (int j = 1; j < line.length; j++) {
        int swap = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        line[j] = Math.min(swap, 1 + Math.min(above[j], line[j - 1]));
      }
      above = line;
    }
    return above[b.length()];
  }
}
