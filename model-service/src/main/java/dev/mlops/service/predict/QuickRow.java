package dev.mlops.service.predict;

import dev.mlops.service.artifact.BooleanFeature;
import dev.mlops.service.artifact.CategoryFeature;
import dev.mlops.service.artifact.Feature;
import dev.mlops.service.artifact.NumberFeature;
import dev.mlops.service.artifact.Schema;
import java.util.List;

/**
 * Reads the body that nearly all requests have: one object with a plain value for every feature.
 * Nothing is allocated. What it does not take, {@link RowReader} reads from the start: all that is
 * unusual, and all that is wrong; so it has no errors of its own. For one thread.
 */
final class QuickRow {
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  private final Words names;
  private final Feature[] features;
  private final Words[] categories;
  private final int[] filledIn;
  private final QuickNumber number = new QuickNumber();
  private int reading;
  private byte[] bytes;
  private int at;
  private int to;

  QuickRow(Schema schema) {
    names = new Words(schema.features().stream().map(Feature::name).toList());
    features = schema.features().toArray(Feature[]::new);
    categories = schema.features().stream().map(QuickRow::categories).toArray(Words[]::new);
    filledIn = new int[features.length];
  }

  /**
   * Reads a body.
   *
   * @param row receives a value for each feature, if the body is taken
   * @return whether it is
   */
  boolean read(byte[] body, int from, int length, double[] row) {
    bytes = body;
    at = from;
    to = from + length;
    reading++;
    boolean taken = skip('{') && fields(row) && at == to;
    bytes = null;
    return taken;
  }

  /** Reads up to and with the closing brace. */
  private boolean fields(double[] row) {
    for (int i = 0; i < features.length; i++) {
      if ((i > 0 && !skip(',')) || !field(i, row)) {
        return false;
      }
    }
    return skip('}');
  }

  /**
   * Reads a name and its value.
   *
   * @param likely the feature that stands here if they come in the order of the schema
   */
  private boolean field(int likely, double[] row) {
    int begin = at + 1;
    int end = text();
    if (end < 0) {
      return false;
    }
    int feature = names.isAt(likely, bytes, begin, end) ? likely : names.find(bytes, begin, end);
    if (feature < 0 || filledIn[feature] == reading || !skip(':')) {
      return false;
    }
    filledIn[feature] = reading;
    return value(feature, row);
  }

  private boolean value(int feature, double[] row) {
    return switch (features[feature]) {
      case NumberFeature _ -> number(feature, row);
      case BooleanFeature _ -> flag(feature, row);
      case CategoryFeature _ -> category(feature, row);
    };
  }

  private boolean number(int feature, double[] row) {
    at = number.read(bytes, at, to);
    row[feature] = number.value();
    return at >= 0;
  }

  private boolean flag(int feature, double[] row) {
    boolean yes = word(TRUE);
    row[feature] = yes ? 1 : 0;
    return yes || word(FALSE);
  }

  private boolean category(int feature, double[] row) {
    int begin = at + 1;
    int end = text();
    int category = end < 0 ? -1 : categories[feature].find(bytes, begin, end);
    row[feature] = category;
    return category >= 0;
  }

  /** Goes behind a text of plain letters in quotes and returns its end, or -1. */
  private int text() {
    if (at >= to || bytes[at] != '"') {
      return -1;
    }
    int end = at + 1;
    while (end < to && bytes[end] >= ' ' && bytes[end] != '"' && bytes[end] != '\\') {
      end++;
    }
    if (end >= to || bytes[end] != '"') {
      return -1;
    }
    at = end + 1;
    return end;
  }

  private boolean word(byte[] word) {
    if (to - at < word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (bytes[at + i] != word[i]) {
        return false;
      }
    }
    at += word.length;
    return true;
  }

  /** Goes behind a sign and the space on both sides of it. */
  private boolean skip(char sign) {
    space();
    if (at >= to || bytes[at] != sign) {
      return false;
    }
    at++;
    space();
    return true;
  }

  private void space() {
    while (at < to
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
  }

  private static Words categories(Feature feature) {
    return switch (feature) {
      case CategoryFeature(_, List<String> words, _) -> new Words(words);
      case NumberFeature _, BooleanFeature _ -> new Words(List.of());
    };
  }
}
