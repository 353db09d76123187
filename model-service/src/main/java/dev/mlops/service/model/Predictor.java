package dev.mlops.service.model;

/**
 * Predicts one row at a time. Not for use by two threads at once: each has its own, from {@link
 * Model#predictor()}.
 */
public interface Predictor {
  /**
   * @param row a value for each feature of the schema, in its order: a number itself, a category
   *     its index, a boolean 1 or 0, a missing value NaN; not changed
   * @param scores receives for each class of the schema its probability, in its order; or the
   *     predicted number
   */
  void predict(double[] row, double[] scores);

  /**
   * The same for several rows at once, which some models do faster than one by one.
   *
   * @param count how many of the rows, from the first
   */
  default void predict(double[][] rows, double[][] scores, int count) {
    for (int i = 0; i < count; i++) {
      predict(rows[i], scores[i]);
    }
  }

  /** The index of the class that is predicted: the first of those with the highest score. */
  static int best(double[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    return best;
  }
}
