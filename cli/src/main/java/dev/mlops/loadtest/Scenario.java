package dev.mlops.loadtest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * All tasks, ready to be sent; shared by all loops.
 *
 * @param order task indices, each as often as its weight says, shuffled
 */
record Scenario(
    List<RequestRing> rings, List<Expect> expected, List<Integer> order, double traceRatio) {
  private static final int MOST_TURNS = 10_000;

  static Scenario of(LoadPlan plan) {
    return of(
        plan,
        plan.tasks().stream().map(task -> RequestRing.of(RenderedRequest.of(plan, task))).toList());
  }

  /**
   * @param rings the requests of each task
   */
  static Scenario of(LoadPlan plan, List<RequestRing> rings) {
    List<Expect> expected = plan.tasks().stream().map(Task::expect).toList();
    return new Scenario(rings, expected, order(plan), plan.bounds().traceRatio());
  }

  private static List<Integer> order(LoadPlan plan) {
    int sum = plan.tasks().stream().mapToInt(Task::weight).sum();
    double scale = Math.min(1, (double) MOST_TURNS / sum);
    List<Integer> order = new ArrayList<>();
    for (int task = 0; task < plan.tasks().size(); task++) {
      long turns = Math.max(1, Math.round(plan.tasks().get(task).weight() * scale));
      order.addAll(Collections.nCopies((int) turns, task));
    }
    Collections.shuffle(order, new Random(plan.seed()));
    return order;
  }

  int longestRequest() {
    return rings.stream().mapToInt(RequestRing::longest).max().orElse(0);
  }
}
