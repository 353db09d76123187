package dev.mlops.loadtest;

import java.util.List;
import java.util.Map;

/** What puts load on the target: loops of this process, or workers elsewhere. */
interface Generator extends AutoCloseable {
  /**
   * What is known once it has ended.
   *
   * @param errors by task, then by kind
   * @param lost one sentence for each worker that broke off; its last second is missing
   */
  record Findings(
      List<Map<String, ErrorCount>> errors, List<SlowRequest> slowest, List<String> lost) {}

  /**
   * Moves what came in since the last call into the harvest.
   *
   * @return up to which moment that is, by {@link System#nanoTime()}
   */
  long collect(Harvest into) throws InterruptedException;

  /** Whether all has ended within the time. */
  boolean awaitEnd(long nanos) throws InterruptedException;

  Findings findings();

  /** Sends nothing more, and ends once the answers under way are there. */
  void stop();

  /** Other users, or requests a second, than the plan says, from now on. */
  void change(double level);

  /** Ends what still runs, without waiting for answers. */
  @Override
  void close();
}
