package dev.mlops.platform.gcp.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is still to happen: due effects take place when somebody next looks. */
final class Timeline {
  private record Event(long dueNanos, long order, Runnable effect) {}

  private final List<Event> events = new ArrayList<>();
  private long order;

  void after(Duration delay, Runnable effect) {
    events.add(new Event(System.nanoTime() + delay.toNanos(), order++, effect));
  }

  /** Lets everything happen now that is still to happen, and what follows from it. */
  void finish() {
    while (!events.isEmpty()) {
      Event next =
          events.stream()
              .min(Comparator.comparingLong(Event::dueNanos).thenComparingLong(Event::order))
              .orElseThrow();
      events.remove(next);
      next.effect().run();
    }
  }

  void catchUp() {
    while (true) {
      long now = System.nanoTime();
      var due =
          events.stream()
              .filter(event -> event.dueNanos() - now <= 0)
              .min(Comparator.comparingLong(Event::dueNanos).thenComparingLong(Event::order));
      if (due.isEmpty()) {
        return;
      }
      events.remove(due.get());
      due.get().effect().run();
    }
  }
}
