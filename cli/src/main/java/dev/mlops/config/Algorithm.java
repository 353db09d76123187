package dev.mlops.config;

import static java.util.Objects.requireNonNullElse;

import java.util.Optional;

/** How the model is trained. Keys that a kind has no use for are left alone. */
public record Algorithm(
    @Doc(
            "auto: logistic-regression for classification, linear-regression for regression. Both"
                + " by stochastic gradient descent. decision-tree and random-forest do either.")
        Kind kind,
    @Doc("Passes over the rows; the two regressions.") @Range(min = 1, max = 100_000)
        Integer epochs,
    @Doc("Initial step size of AdaGrad; the two regressions.") @Range(min = 1e-9, max = 1e3)
        Double learningRate,
    @Doc("Rows per step; the two regressions.") @Range(min = 1, max = 1_000_000) Integer batchSize,
    @Doc("Maximum depth of a tree; trees and forests.") @Range(min = 1, max = 1_000)
        Integer maxDepth,
    @Doc("A node with fewer rows is not split; trees and forests.") @Range(min = 1, max = 1_000_000)
        Integer minLeaf,
    @Doc("Trees of a forest.") @Range(min = 2, max = 10_000) Integer trees,
    @Doc("Share of the features that each split considers; forests.") @Range(min = 0.01, max = 1)
        Double featureFraction,
    @Doc("Makes random choices repeatable: the same data, config and version give the same model.")
        Long seed) {

  /** The algorithms. */
  public enum Kind {
    AUTO,
    LOGISTIC_REGRESSION,
    LINEAR_REGRESSION,
    DECISION_TREE,
    RANDOM_FOREST;

    boolean fits(Model.Task task) {
      return switch (this) {
        case AUTO, DECISION_TREE, RANDOM_FOREST -> true;
        case LOGISTIC_REGRESSION -> task != Model.Task.REGRESSION;
        case LINEAR_REGRESSION -> task != Model.Task.CLASSIFICATION;
      };
    }

    /** As it is written in the config. */
    public String label() {
      return Shape.label(this);
    }

    /** What {@link #AUTO} stands for; absent while the task is not known either. */
    public Optional<Kind> resolve(Model.Task task) {
      if (this != AUTO) {
        return Optional.of(this);
      }
      return switch (task) {
        case AUTO -> Optional.empty();
        case CLASSIFICATION -> Optional.of(LOGISTIC_REGRESSION);
        case REGRESSION -> Optional.of(LINEAR_REGRESSION);
      };
    }
  }

  public Algorithm {
    kind = requireNonNullElse(kind, Kind.AUTO);
    epochs = requireNonNullElse(epochs, 50);
    learningRate = requireNonNullElse(learningRate, 0.1);
    batchSize = requireNonNullElse(batchSize, 1);
    maxDepth = requireNonNullElse(maxDepth, 10);
    minLeaf = requireNonNullElse(minLeaf, 5);
    trees = requireNonNullElse(trees, 100);
    featureFraction = requireNonNullElse(featureFraction, 0.5);
    seed = requireNonNullElse(seed, 1L);
  }
}
