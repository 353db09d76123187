package dev.mlops.platform;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The replicas' output, merged into one stream. */
public interface Logs {
  /**
   * @param follow go on until the thread is interrupted
   * @param tail how many lines of each replica to begin with
   * @param since only lines younger than this
   * @param replica only this replica
   */
  record Query(boolean follow, int tail, Optional<Duration> since, Optional<String> replica) {}

  /**
   * @param text as the replica wrote it, without its line end
   */
  record Line(String replica, String text) {}

  void read(Query query, Consumer<Line> sink) throws InterruptedException;
}
