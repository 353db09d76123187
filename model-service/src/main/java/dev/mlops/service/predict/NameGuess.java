package dev.mlops.service.predict;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds the name that was probably meant. Bounded: it runs on the thread that serves. */
final class NameGuess {
  private static final int NAMES = 200;
  private static final int LENGTH = 64;
  private static final int DISTANCE = 2;

  private final List<String> names;

  private NameGuess(Collection<String> names) {
    this.names = names.stream().filter(name -> name.length() <= LENGTH).sorted().toList();
  }

  /** None where there are so many names that comparing with all would take long. */
  static Optional<NameGuess> among(Collection<String> names) {
    return names.size() > NAMES ? Optional.empty() : Optional.of(new NameGuess(names));
  }

  Optional<String> near(String name) {
    if (name.length() > LENGTH) {
      return Optional.empty();
    }
    String best = null;
    int distance = DISTANCE + 1;
    for (String candidate : names) {
      int d =
          Math.abs(candidate.length() - name.length()) < distance
              ? distance(candidate, name)
              : distance;
      if (d < distance) {
        best = candidate;
        distance = d;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Levenshtein's, without regard to case. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (same(a.charAt(i - 1), b.charAt(j - 1)) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static boolean same(char a, char b) {
    return Character.toLowerCase(a) == Character.toLowerCase(b);
  }
}
