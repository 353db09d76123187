package dev.mlops.service.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tribuo.Dataset;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.common.tree.AbstractCARTTrainer;
import org.tribuo.dataset.DatasetView;
import org.tribuo.ensemble.EnsembleCombiner;
import org.tribuo.ensemble.WeightedEnsembleModel;

/**
 * A random forest whose trees grow side by side, which Tribuo's own trainer does not do. Each tree
 * has a seed of its own, so that the outcome does not depend on who is done first.
 */
final class Forest<T extends Output<T>> {
  private final AbstractCARTTrainer<T> tree;
  private final EnsembleCombiner<T> combiner;
  private final int trees;
  private final long seed;

  Forest(AbstractCARTTrainer<T> tree, EnsembleCombiner<T> combiner, int trees, long seed) {
    this.tree = tree;
    this.combiner = combiner;
    this.trees = trees;
    this.seed = seed;
  }

  Model<T> train(Dataset<T> data) {
    ImmutableFeatureMap columns = data.getFeatureIDMap();
    ImmutableOutputInfo<T> outputs = data.getOutputIDInfo();
    SplittableRandom seeds = new SplittableRandom(seed);
    List<Model<T>> members = new ArrayList<>();
    int threads = Math.min(trees, Runtime.getRuntime().availableProcessors());
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<Model<T>>> growing = new ArrayList<>();
      for (int i = 0; i < trees; i++) {
        long sample = seeds.nextLong();
        int number = i;
        growing.add(
            workers.submit(() -> {
              var bag =
                  DatasetView.createBootstrapView(data, data.size(), sample, columns, outputs);
              return tree.train(bag, Map.of(), number);
            }));
      }
      try {
        for (Future<Model<T>> member : growing) {
          members.add(grown(member));
        }
      } finally {
        workers.shutdownNow();
      }
    }
    if (members.size() == 1) {
      return members.getFirst();
    }
    return WeightedEnsembleModel.createEnsembleFromExistingModels("forest", members, combiner);
  }

  private static <M> M grown(Future<M> member) {
    try {
      return member.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
