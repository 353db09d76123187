package dev.mlops.service.data;

import dev.mlops.service.data.CsvFile.Place;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at a column's values as they pass, and says in the end what they are. */
final class ColumnScan {
  private static final int CATEGORY_LIMIT = 256;
  private static final int NUMBER_LIMIT = 32;
  private static final int EXAMPLES = 5;

  private final String name;
  private final int numberLimit;
  private final Map<String, Count> words = new LinkedHashMap<>();
  private boolean all = true;
  private long missing;
  private Place firstMissing;
  private long numbers;
  private long others;
  private Column.Found firstOther;
  private boolean flags = true;
  private boolean commas = true;
  private boolean dates = true;
  private boolean whole = true;
  private boolean counting = true;
  private double last = Double.NaN;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  private static final class Count {
    private long rows = 1;
  }

  /**
   * @param exact tells all values apart, of numbers too: dear in memory, and needed only where
   *     numbers are names
   */
  ColumnScan(String name, boolean exact) {
    this.name = name;
    this.numberLimit = exact ? Column.WORD_LIMIT : NUMBER_LIMIT;
  }

  void add(String field, Place place) {
    if (Fields.isMissing(field)) {
      if (missing++ == 0) {
        firstMissing = place;
      }
      return;
    }
    double number = Fields.number(field);
    if (Double.isFinite(number)) {
      addNumber(number);
    } else {
      addOther(field, place);
    }
    flags &= Fields.isBoolean(field);
    addWord(field);
  }

  Column column() {
    Content content = content();
    return new Column(
        name,
        content,
        new Column.Values(
            sorted(),
            all,
            words.keySet().stream().limit(EXAMPLES).toList(),
            words.values().stream().mapToLong(count -> count.rows).max().orElse(0),
            Optional.ofNullable(firstOther)),
        new Column.Absent(missing, Optional.ofNullable(firstMissing)),
        advice(content));
  }

  private void addNumber(double number) {
    counting &= numbers == 0 || number == last + 1;
    last = number;
    whole &= number == Math.rint(number);
    min = Math.min(min, number);
    max = Math.max(max, number);
    numbers++;
  }

  private void addOther(String field, Place place) {
    if (others++ == 0) {
      firstOther = new Column.Found(field, place);
    }
    commas = commas && Fields.isNumberWithComma(field);
    dates = dates && Fields.isDate(field);
  }

  private void addWord(String field) {
    if (!all) {
      return;
    }
    Count count = words.get(field);
    if (count != null) {
      count.rows++;
    } else if (words.size() < (others == 0 ? numberLimit : Column.WORD_LIMIT)) {
      words.put(field, new Count());
    } else {
      all = false;
    }
  }

  private Content content() {
    long present = numbers + others;
    if (present == 0) {
      return new Content.Nothing();
    }
    if (others == 0) {
      return new Content.Numbers(min, max, whole);
    }
    if (flags) {
      return new Content.Flags();
    }
    if (isOfDates()) {
      return new Content.Text();
    }
    boolean few = all && words.size() <= CATEGORY_LIMIT && 2L * words.size() <= present;
    return few ? new Content.Category(sorted()) : new Content.Text();
  }

  /** However few there are: what has been learnt of a day is of no use on the next. */
  private boolean isOfDates() {
    return dates && numbers == 0;
  }

  private List<String> sorted() {
    Comparator<String> order =
        others == 0 ? Comparator.comparingDouble(Fields::number) : Comparator.naturalOrder();
    return words.keySet().stream().sorted(order.thenComparing(Comparator.naturalOrder())).toList();
  }

  private Column.Advice advice(Content content) {
    return switch (content) {
      case Content.Nothing _ -> new Column.Advice(true, "no row has a value");
      case Content.Text _ when isOfDates() ->
          new Column.Advice(
              true,
              "dates, such as \""
                  + firstOther.value()
                  + "\": a model learns nothing from a day that does not come again; give it"
                  + " numbers made from them, such as the month or the days between two");
      case Content.Text _ when commas ->
          new Column.Advice(
              true,
              "numbers with a decimal comma, such as \""
                  + firstOther.value()
                  + "\"; write them with a point");
      case Content.Text _ when numbers > others ->
          new Column.Advice(
              true,
              "numbers, but for "
                  + others
                  + " of them; the first is \""
                  + firstOther.value()
                  + "\" in "
                  + firstOther.place());
      case Content.Text _ ->
          new Column.Advice(true, "too many different values: free text, dates or an identifier");
      case Content.Numbers(double least, double most, _) when least == most ->
          new Column.Advice(false, "the same in every row");
      case Content.Numbers _ when counting && numbers > 2 ->
          new Column.Advice(true, "counts the rows: an identifier");
      case Content.Numbers _, Content.Category _, Content.Flags _ -> new Column.Advice(false, "");
    };
  }
}
