package dev.mlops.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Steps in the order in which they were added; each names what it needs by {@link Ref}. */
public final class Plan {
  record Node<T>(Step<T> step, Ref<T> ref, boolean isGate) {}

  private final List<Node<?>> nodes = new ArrayList<>();
  private final Set<Ref<?>> refs = new HashSet<>();

  /**
   * @throws IllegalArgumentException if the step needs a ref of another plan
   */
  public <T> Ref<T> add(Step<T> step) {
    return add(step, false);
  }

  /**
   * A step that has to succeed before any later one changes something. Later ones look meanwhile.
   */
  public <T> Ref<T> addGate(Step<T> step) {
    return add(step, true);
  }

  private <T> Ref<T> add(Step<T> step, boolean isGate) {
    for (Ref<?> need : step.needs()) {
      if (!refs.contains(need)) {
        throw new IllegalArgumentException(step.title() + " needs a step of another plan");
      }
    }
    Ref<T> ref = new Ref<>(step.title());
    nodes.add(new Node<>(step, ref, isGate));
    refs.add(ref);
    return ref;
  }

  /** Titles in order, for a view that lists all steps before the first one starts. */
  public List<String> titles() {
    return nodes.stream().map(node -> node.step().title()).toList();
  }

  List<Node<?>> nodes() {
    return List.copyOf(nodes);
  }
}
