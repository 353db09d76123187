package dev.mlops.service.data;

import java.util.List;

/** What a column holds, missing values aside. */
public sealed interface Content {
  /**
   * @param integer every value is whole
   */
  record Numbers(double min, double max, boolean integer) implements Content {}

  /**
   * @param words sorted; by value if all of them are numbers
   */
  record Category(List<String> words) implements Content {
    public Category {
      words = List.copyOf(words);
    }
  }

  /** True or false, yes or no. */
  record Flags() implements Content {}

  /** Free text, identifiers, dates: nothing that a model could learn from as it stands. */
  record Text() implements Content {}

  /** Nothing at all. */
  record Nothing() implements Content {}

  /** The word that a config uses for it. */
  default String type() {
    return switch (this) {
      case Numbers _ -> "number";
      case Category _ -> "category";
      case Flags _ -> "boolean";
      case Text _, Nothing _ -> "text";
    };
  }
}
