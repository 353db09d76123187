package dev.mlops.platform.local.proxy;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The replicas in rotation. */
public final class Backends {
  private final AtomicInteger turn = new AtomicInteger();
  private final LongAdder requests = new LongAdder();
  private volatile List<Backend> ready = List.of();

  public void set(List<Backend> nowReady) {
    ready = List.copyOf(nowReady);
  }

  /**
   * The one with the fewest requests under way, in turn where they are equal, and enters it. Those
   * in {@code tried} only if there is no other.
   */
  Optional<Backend> enter(Collection<Backend> tried) {
    List<Backend> candidates = ready;
    return enterOne(candidates.stream().filter(b -> !tried.contains(b)).toList())
        .or(() -> tried.isEmpty() ? Optional.empty() : enterOne(candidates));
  }

  Optional<Backend> enter() {
    requests.increment();
    return enterOne(ready);
  }

  /** How many have come in so far; a second try is not another request. */
  public long requests() {
    return requests.sum();
  }

  private Optional<Backend> enterOne(List<Backend> candidates) {
    int size = candidates.size();
    int first = size == 0 ? 0 : Math.floorMod(turn.getAndIncrement(), size);
    Backend best = null;
    for (int i = 0; i < size; i++) {
      Backend candidate = candidates.get((first + i) % size);
      if (best == null || candidate.inFlight() < best.inFlight()) {
        best = candidate;
      }
    }
    if (best == null) {
      return Optional.empty();
    }
    // Closed between the look and the step: it is about to leave the list, so look again.
    return best.enter() ? Optional.of(best) : enterOne(without(candidates, best));
  }

  private static List<Backend> without(List<Backend> candidates, Backend closed) {
    return candidates.stream().filter(candidate -> !candidate.equals(closed)).toList();
  }
}
