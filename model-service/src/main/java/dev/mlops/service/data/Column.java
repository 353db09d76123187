package dev.mlops.service.data;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a column once all rows have been seen.
 *
 * @param content what it looks like
 */
public record Column(String name, Content content, Values values, Absent missing, Advice advice) {
  /** Most different values that are told apart. */
  public static final int WORD_LIMIT = 1000;

  /**
   * The different values.
   *
   * @param words sorted, by value if all of them are numbers; not all if there are too many
   * @param all whether words has all of them
   * @param examples the first few, as they come
   * @param mostFrequent how many rows have the most frequent of words
   * @param firstWord the first value that is no number
   */
  public record Values(
      List<String> words,
      boolean all,
      List<String> examples,
      long mostFrequent,
      Optional<Found> firstWord) {}

  /** A value and where it stands. */
  public record Found(String value, CsvFile.Place place) {}

  /**
   * Rows that lack the value.
   *
   * @param first the first of them
   */
  public record Absent(long rows, Optional<CsvFile.Place> first) {}

  /**
   * @param leaveOut a model had better not learn from this column
   * @param note why, or what else is strange about it; may be empty
   */
  public record Advice(boolean leaveOut, String note) {}

  /** The same column, taken for something else. */
  public Column as(Content other) {
    return new Column(name, other, values, missing, advice);
  }
}
