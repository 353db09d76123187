package dev.mlops.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chain of steps that a run could not have been shorter than. */
final class CriticalPath {
  private record Reached(Plan.Node<?> node, long millis, Optional<Reached> before) {}

  private CriticalPath() {}

  /**
   * @param entries one for each node, in the same order
   * @return ids, from the first step to the last
   */
  static List<String> of(List<Plan.Node<?>> nodes, List<RunReport.Entry> entries) {
    Map<Ref<?>, Reached> byRef = new HashMap<>();
    Optional<Reached> longest = Optional.empty();
    for (int i = 0; i < nodes.size(); i++) {
      Plan.Node<?> node = nodes.get(i);
      Optional<Reached> before = Optional.empty();
      for (Ref<?> need : node.step().needs()) {
        before = later(before, byRef.get(need));
      }
      long millis = before.map(Reached::millis).orElse(0L) + entries.get(i).millis();
      Reached reached = new Reached(node, millis, before);
      byRef.put(node.ref(), reached);
      longest = later(longest, reached);
    }
    List<String> ids = new ArrayList<>();
    for (Optional<Reached> at = longest; at.isPresent(); at = at.get().before()) {
      ids.addFirst(at.get().node().step().id());
    }
    return ids;
  }

  private static Optional<Reached> later(Optional<Reached> one, Reached other) {
    return one.filter(reached -> reached.millis() >= other.millis()).or(() -> Optional.of(other));
  }
}
