package dev.mlops.service.onnx;

import dev.mlops.service.artifact.Card;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the numbers are that a model gives for a row. */
public enum Scores {
  /** Probabilities of classes, or the predicted number. */
  PLAIN,
  /** Logits of classes, whose softmax is their probabilities. */
  LOGITS;

  private static final String KEY = "scores";

  /** As the card of a model that was imported tells. */
  public static Scores of(Card card) {
    return card.document().get("algorithm") instanceof Map<?, ?> algorithm
            && LOGITS.word().equals(algorithm.get(KEY))
        ? LOGITS
        : PLAIN;
  }

  /** The algorithm of a card, as a model in ONNX form has it. */
  public Map<String, Object> algorithm() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", Card.ONNX);
    json.put(KEY, word());
    return json;
  }

  /** As documents write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Turns what the model gave into scores.
   *
   * @param table of all rows
   * @param from where the row begins
   * @param columns how many numbers it has: one for each score, or the second of two probabilities
   */
  void read(double[] table, int from, int columns, double[] scores) {
    if (columns == 1 && scores.length == 2) {
      scores[0] = 1 - table[from];
      scores[1] = table[from];
    } else if (columns == scores.length) {
      System.arraycopy(table, from, scores, 0, columns);
    } else {
      throw new IllegalStateException(
          "the model gave " + columns + " numbers where the schema has " + scores.length);
    }
    switch (this) {
      case PLAIN -> {}
      case LOGITS -> softmax(scores);
    }
  }

  private static void softmax(double[] scores) {
    double max = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      max = Math.max(max, score);
    }
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.exp(scores[i] - max);
      sum += scores[i];
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= sum;
    }
  }
}
