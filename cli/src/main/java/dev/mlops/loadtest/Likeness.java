package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which values go together, learnt from a few rows of the data: each feature by itself keeps its
 * spread, and large petals stay on large flowers (the rows' <a
 * href="https://en.wikipedia.org/wiki/Copula_(statistics)#Empirical_copulas">empirical copula</a>,
 * made continuous by spreading each rank over its share).
 *
 * @param rows the ranks of each row's values, feature by feature
 */
record Likeness(List<List<Rank>> rows) {
  /**
   * Where a value stands among those of the other rows; equal ones share their places.
   *
   * @param from share of the rows that have less
   * @param to share of the rows that have no more
   */
  record Rank(double from, double to) {
    static final Rank ANY = new Rank(0, 1);

    private double draw(SplittableRandom random) {
      return Math.min(from + (to - from) * random.nextDouble(), Math.nextDown(1.0));
    }
  }

  /** No feature tells anything of another. */
  static Likeness none(int features) {
    return new Likeness(List.of(Collections.nCopies(features, Rank.ANY)));
  }

  /**
   * @param names of the features
   * @param rows request bodies; none: nothing is known
   */
  static Likeness of(List<String> names, List<Spread> spreads, List<JsonNode> rows) {
    if (rows.isEmpty()) {
      return none(names.size());
    }
    List<List<Rank>> ranks = new ArrayList<>();
    for (JsonNode row : rows) {
      List<Rank> ofRow = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        ofRow.add(rank(names.get(i), spreads.get(i), row, rows));
      }
      ranks.add(ofRow);
    }
    return new Likeness(ranks);
  }

  private static Rank rank(String name, Spread spread, JsonNode row, List<JsonNode> rows) {
    double order = spread.order(row.path(name));
    double all = rows.size();
    double[] orders = rows.stream().mapToDouble(other -> spread.order(other.path(name))).toArray();
    return new Rank(
        Arrays.stream(orders).filter(other -> other < order).count() / all,
        Arrays.stream(orders).filter(other -> other <= order).count() / all);
  }

  /** Shares to ask each feature's {@link Spread} for, which together make a row. */
  double[] draw(SplittableRandom random) {
    return rows.get(random.nextInt(rows.size())).stream()
        .mapToDouble(rank -> rank.draw(random))
        .toArray();
  }
}
