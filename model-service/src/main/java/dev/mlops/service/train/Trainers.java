package dev.mlops.service.train;

import dev.mlops.service.train.Algorithm.Descent;
import dev.mlops.service.train.Algorithm.Growth;
import java.util.function.Function;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/** Tribuo's trainer for each algorithm. A trainer is used once: its seed moves on with each use. */
final class Trainers {
  private static final double ADAGRAD_EPSILON = 0.1;
  private static final int NO_LOGGING = -1;
  private static final float ANY_DECREASE = 0;

  private Trainers() {}

  /**
   * @param columns that the model sees
   */
  static Function<Dataset<Label>, Model<Label>> forClasses(Algorithm algorithm, int columns) {
    return switch (algorithm) {
      case Algorithm.LogisticRegression(Descent descent, long seed) -> logistic(descent, seed);
      case Algorithm.DecisionTree(Growth growth, long seed) -> classTree(growth, 1, seed)::train;
      case Algorithm.RandomForest(int trees, double share, Growth growth, long seed) ->
          data ->
              new Forest<>(
                      classTree(growth, fraction(share, columns), seed),
                      new FullyWeightedVotingCombiner(),
                      trees,
                      seed)
                  .train(data);
      case Algorithm.LinearRegression _, Algorithm.Automatic _ ->
          throw new IllegalArgumentException(algorithm.kind());
    };
  }

  /**
   * @param columns that the model sees
   */
  static Function<Dataset<Regressor>, Model<Regressor>> forNumbers(
      Algorithm algorithm, int columns) {
    return switch (algorithm) {
      case Algorithm.LinearRegression(Descent descent, long seed) -> linear(descent, seed);
      case Algorithm.DecisionTree(Growth growth, long seed) -> numberTree(growth, 1, seed)::train;
      case Algorithm.RandomForest(int trees, double share, Growth growth, long seed) ->
          data ->
              new Forest<>(
                      numberTree(growth, fraction(share, columns), seed),
                      new AveragingCombiner(),
                      trees,
                      seed)
                  .train(data);
      case Algorithm.LogisticRegression _, Algorithm.Automatic _ ->
          throw new IllegalArgumentException(algorithm.kind());
    };
  }

  private static Function<Dataset<Label>, Model<Label>> logistic(Descent descent, long seed) {
    return new org.tribuo.classification.sgd.linear.LinearSGDTrainer(
            new LogMulticlass(),
            optimiser(descent),
            descent.epochs(),
            NO_LOGGING,
            descent.batchSize(),
            seed)
        ::train;
  }

  private static Function<Dataset<Regressor>, Model<Regressor>> linear(Descent descent, long seed) {
    return new org.tribuo.regression.sgd.linear.LinearSGDTrainer(
            new SquaredLoss(),
            optimiser(descent),
            descent.epochs(),
            NO_LOGGING,
            descent.batchSize(),
            seed)
        ::train;
  }

  private static StochasticGradientOptimiser optimiser(Descent descent) {
    return new AdaGrad(descent.learningRate(), ADAGRAD_EPSILON);
  }

  private static CARTClassificationTrainer classTree(Growth growth, float fraction, long seed) {
    return new CARTClassificationTrainer(
        growth.maxDepth(), growth.minLeaf(), ANY_DECREASE, fraction, new GiniIndex(), seed);
  }

  private static CARTRegressionTrainer numberTree(Growth growth, float fraction, long seed) {
    return new CARTRegressionTrainer(
        growth.maxDepth(), growth.minLeaf(), ANY_DECREASE, fraction, new MeanSquaredError(), seed);
  }

  /** Tribuo rounds the number of columns to look at, to none if the share is small. */
  private static float fraction(double share, int columns) {
    return (float) Math.min(1, Math.max(share, 1.0 / columns));
  }
}
