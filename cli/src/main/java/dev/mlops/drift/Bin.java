package dev.mlops.drift;

/**
 * A range of numbers, or a word.
 *
 * @param trained rows of the training data
 * @param seen rows that were predicted
 */
public record Bin(String label, long trained, long seen) {
  Bin plus(Bin other) {
    return new Bin(label, trained, seen + other.seen);
  }
}
