package dev.mlops.service.train;

import dev.mlops.service.artifact.Task;
import dev.mlops.service.problem.Code;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a model is learnt, with every parameter that matters to it. */
public sealed interface Algorithm {
  long seed();

  /** A linear model for classes, by softmax and cross-entropy. */
  record LogisticRegression(Descent descent, long seed) implements Algorithm {}

  /** A linear model for numbers, by squared error. */
  record LinearRegression(Descent descent, long seed) implements Algorithm {}

  /** The linear model that fits the task. */
  record Automatic(Descent descent, long seed) implements Algorithm {}

  /** A tree by CART. */
  record DecisionTree(Growth growth, long seed) implements Algorithm {}

  /**
   * Trees on bootstrap samples.
   *
   * @param featureFraction share of the columns that are looked at for each split
   */
  record RandomForest(int trees, double featureFraction, Growth growth, long seed)
      implements Algorithm {}

  /**
   * Stochastic gradient descent with AdaGrad.
   *
   * @param epochs passes over the rows
   * @param batchSize rows for each step
   */
  record Descent(int epochs, double learningRate, int batchSize) {
    private void writeTo(Map<String, Object> json) {
      json.put("epochs", epochs);
      json.put("learningRate", learningRate);
      json.put("batchSize", batchSize);
    }
  }

  /**
   * When a tree stops to grow.
   *
   * @param minLeaf rows without which a node is not split
   */
  record Growth(int maxDepth, int minLeaf) {
    private void writeTo(Map<String, Object> json) {
      json.put("maxDepth", maxDepth);
      json.put("minLeaf", minLeaf);
    }
  }

  /**
   * This algorithm, or the one that it stands for.
   *
   * @throws dev.mlops.service.problem.ProblemException if it can't do the task
   */
  default Algorithm forTask(Task task) {
    return switch (this) {
      case Automatic(Descent descent, long seed) ->
          switch (task) {
            case CLASSIFICATION -> new LogisticRegression(descent, seed);
            case REGRESSION -> new LinearRegression(descent, seed);
          };
      case LogisticRegression _ when task == Task.REGRESSION -> throw unfit(task);
      case LinearRegression _ when task == Task.CLASSIFICATION -> throw unfit(task);
      case LogisticRegression _, LinearRegression _, DecisionTree _, RandomForest _ -> this;
    };
  }

  /** The word for it in a config. */
  default String kind() {
    return switch (this) {
      case LogisticRegression _ -> "logistic-regression";
      case LinearRegression _ -> "linear-regression";
      case Automatic _ -> "auto";
      case DecisionTree _ -> "decision-tree";
      case RandomForest _ -> "random-forest";
    };
  }

  /** Kind and parameters, by their names in a config. */
  default Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", kind());
    switch (this) {
      case LogisticRegression(Descent descent, _) -> descent.writeTo(json);
      case LinearRegression(Descent descent, _) -> descent.writeTo(json);
      case Automatic(Descent descent, _) -> descent.writeTo(json);
      case DecisionTree(Growth growth, _) -> growth.writeTo(json);
      case RandomForest(int trees, double featureFraction, Growth growth, _) -> {
        json.put("trees", trees);
        json.put("featureFraction", featureFraction);
        growth.writeTo(json);
      }
    }
    json.put("seed", seed());
    return json;
  }

  private RuntimeException unfit(Task task) {
    return Code.REQUEST.problem(
        "The algorithm " + kind() + " can't do " + task.word(),
        "",
        "Choose "
            + switch (task) {
              case CLASSIFICATION -> "logistic-regression";
              case REGRESSION -> "linear-regression";
            }
            + ", decision-tree or random-forest, or set the task");
  }
}
