package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What one worker has sent and nobody has looked at yet: its seconds begin and end with those of
 * the others, however late they come in.
 */
final class Pending {
  private record Second(Harvest harvest, long until) {}

  private final Deque<Second> seconds = new ArrayDeque<>();
  private final int tasks;
  private Harvest.Gauge last = Harvest.Gauge.NONE;
  private boolean over;
  private boolean lost;

  Pending(int tasks) {
    this.tasks = tasks;
  }

  void add(JsonNode frame) throws IOException {
    Harvest harvest = new Harvest(tasks);
    Frames.readSecond(frame, harvest);
    seconds.add(new Second(harvest, frame.path("until").asLong()));
  }

  /** Nothing more will come. */
  void end() {
    over = true;
  }

  /** What it had open is gone with it. */
  void lose() {
    end();
    lost = true;
  }

  /** Whether its next second is still on the way. */
  boolean owes() {
    return seconds.isEmpty() && !over;
  }

  /**
   * Adds the next second, once all is over everything that is left, and in any case the last gauge.
   *
   * @return up to when since the start; 0 if there was nothing
   */
  long moveInto(Harvest into, boolean everything) {
    long until = 0;
    while (!seconds.isEmpty() && (until == 0 || everything)) {
      Second second = seconds.remove();
      until = second.until();
      last = second.harvest().gauge();
      into.addCounts(second.harvest());
    }
    into.add(lost && seconds.isEmpty() ? Harvest.Gauge.NONE : last);
    return until;
  }
}
