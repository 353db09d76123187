package dev.mlops.service.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Rows to learn from and rows to be tried with, both in ascending order. Each class has the same
 * share in both, as far as its rows can be divided, and at least one row to learn from.
 */
final class Split {
  private final int[] train;
  private final int[] test;

  private Split(int[] train, int[] test) {
    this.train = train;
    this.test = test;
  }

  int[] train() {
    return train;
  }

  int[] test() {
    return test;
  }

  /**
   * @param stratum of a row: its class, or the same for all
   * @param fraction share of the rows to be tried with; never none and never all
   */
  static Split of(int[] rows, IntUnaryOperator stratum, double fraction, long seed) {
    List<Integer> test = new ArrayList<>();
    double wanted = 0;
    Collection<List<Integer>> strata = shuffled(rows, stratum, seed);
    for (List<Integer> members : strata) {
      wanted += fraction * members.size();
      long take = Math.min(Math.round(wanted) - test.size(), members.size() - 1L);
      test.addAll(members.subList(0, (int) Math.max(0, take)));
    }
    if (test.isEmpty()) {
      strata.stream()
          .max(Comparator.comparingInt(List::size))
          .ifPresent(largest -> test.add(largest.getFirst()));
    }
    int[] tried = ascending(test);
    return new Split(without(rows, tried), tried);
  }

  /** Divides rows into parts, each of which is tried once by what the others teach. */
  static List<Split> folds(int[] rows, IntUnaryOperator stratum, int folds, long seed) {
    List<List<Integer>> tests = new ArrayList<>();
    for (int i = 0; i < folds; i++) {
      tests.add(new ArrayList<>());
    }
    int next = 0;
    for (List<Integer> members : shuffled(rows, stratum, seed)) {
      for (int row : members) {
        tests.get(next++ % folds).add(row);
      }
    }
    return tests.stream()
        .map(Split::ascending)
        .map(test -> new Split(without(rows, test), test))
        .toList();
  }

  private static Collection<List<Integer>> shuffled(
      int[] rows, IntUnaryOperator stratum, long seed) {
    TreeMap<Integer, List<Integer>> strata = new TreeMap<>();
    for (int row : rows) {
      strata.computeIfAbsent(stratum.applyAsInt(row), _ -> new ArrayList<>()).add(row);
    }
    SplittableRandom random = new SplittableRandom(seed);
    strata.values().forEach(members -> shuffle(members, random));
    return strata.values();
  }

  /** Fisher and Yates; the JDK's own way to do it may change with its version. */
  private static void shuffle(List<Integer> members, SplittableRandom random) {
    for (int i = members.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      members.set(i, members.set(other, members.get(i)));
    }
  }

  private static int[] ascending(List<Integer> rows) {
    return rows.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  /** Both ascending. */
  private static int[] without(int[] rows, int[] others) {
    int[] at = new int[1];
    return IntStream.of(rows)
        .filter(row -> {
          boolean same = at[0] < others.length && others[at[0]] == row;
          at[0] += same ? 1 : 0;
          return !same;
        })
        .toArray();
  }
}
