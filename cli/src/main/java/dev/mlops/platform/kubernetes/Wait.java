package dev.mlops.platform.kubernetes;

import dev.mlops.problem.MlopsException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Looks until nothing is left to wait for: seen, bounded, and patient with an API server that is
 * away meanwhile.
 *
 * @param longest how long nothing may change in what is left
 * @param pause between two looks
 */
record Wait(Duration longest, Duration pause) {
  private static final Duration PAUSE = Duration.ofMillis(500);

  Wait(Duration longest) {
    this(longest, PAUSE);
  }

  /**
   * @param look what is left, for people; empty once nothing is
   * @param late what to say when that has not changed for too long
   */
  void until(
      Outage.Question<String> look,
      Consumer<String> progress,
      Function<String, MlopsException> late)
      throws InterruptedException {
    var outage = new Outage(InstantSource.system());
    String last = "";
    long changedAt = System.nanoTime();
    while (true) {
      String left = outage.survive(look, progress);
      if (left.isEmpty()) {
        return;
      }
      long now = System.nanoTime();
      if (!left.equals(last)) {
        progress.accept(left);
        last = left;
        changedAt = now;
      } else if (now - changedAt > longest.toNanos()) {
        throw late.apply(left);
      }
      Thread.sleep(pause);
    }
  }
}
