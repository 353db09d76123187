package dev.mlops.service.model;

import dev.mlops.service.artifact.Spread;
import java.util.function.Supplier;
import org.tribuo.common.sgd.AbstractLinearSGDModel;
import org.tribuo.math.la.DenseMatrix;

/**
 * A linear model as an array. It multiplies and adds in the order in which Tribuo does, so that its
 * answer is the same to the last bit.
 */
final class LinearPredictor implements Predictor {
  private final Encoding encoding;
  private final double[][] weights;
  private final Finish finish;
  private final int[] columns;
  private final double[] values;
  private final double[] sums;

  /** Turns the sums, which it may change, into scores. */
  @FunctionalInterface
  private interface Finish {
    void apply(double[] sums, double[] scores);
  }

  private LinearPredictor(Encoding encoding, double[][] weights, Finish finish) {
    this.encoding = encoding;
    this.weights = weights;
    this.finish = finish;
    this.columns = new int[encoding.features()];
    this.values = new double[encoding.features()];
    this.sums = new double[weights.length];
  }

  /**
   * @param outputs for each class the number that Tribuo has given it, or -1
   */
  static Supplier<Predictor> classifier(
      AbstractLinearSGDModel<?> model, Encoding encoding, int[] outputs) {
    double[][] weights = weights(model);
    return () ->
        new LinearPredictor(
            encoding,
            weights,
            (sums, scores) -> {
              softmax(sums);
              for (int i = 0; i < scores.length; i++) {
                scores[i] = outputs[i] < 0 ? 0 : sums[outputs[i]];
              }
            });
  }

  static Supplier<Predictor> estimator(
      AbstractLinearSGDModel<?> model, Encoding encoding, Spread target) {
    double[][] weights = weights(model);
    return () ->
        new LinearPredictor(
            encoding, weights, (sums, scores) -> scores[0] = target.restore(sums[0]));
  }

  @Override
  public void predict(double[] row, double[] scores) {
    encoding.encode(row, columns, values);
    for (int output = 0; output < weights.length; output++) {
      double[] mine = weights[output];
      double sum = 0;
      for (int i = 0; i < columns.length; i++) {
        sum += mine[columns[i]] * values[i];
      }
      sums[output] = sum + mine[mine.length - 1];
    }
    finish.apply(sums, scores);
  }

  /** For each output a weight for each column, and the bias as the last. */
  private static double[][] weights(AbstractLinearSGDModel<?> model) {
    DenseMatrix matrix = model.getWeightsCopy();
    double[][] weights = new double[matrix.getDimension1Size()][matrix.getDimension2Size()];
    for (int output = 0; output < weights.length; output++) {
      for (int column = 0; column < weights[output].length; column++) {
        weights[output][column] = matrix.get(output, column);
      }
    }
    return weights;
  }

  /** As Tribuo's {@code ExpNormalizer} does it. */
  private static void softmax(double[] sums) {
    double max = -Double.MAX_VALUE;
    for (double sum : sums) {
      max = Math.max(max, sum);
    }
    double total = 0;
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.exp(sums[i] - max);
      total += sums[i];
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= total;
    }
  }
}
