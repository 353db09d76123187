package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;

/**
 * A worker's clock, read over its link: another machine's may be seconds off. The answer that was
 * back soonest tells most (<a href="https://doi.org/10.1007/BF01784024">Cristian's algorithm</a>).
 *
 * @param ahead of this machine's, nanoseconds, to half of the way
 * @param way there and back, nanoseconds
 */
record RemoteClock(long ahead, long way) {
  private static final int ROUNDS = 5;
  private static final long SECOND = 1_000_000_000L;

  static RemoteClock of(WorkerLink link) throws IOException {
    RemoteClock best = new RemoteClock(0, Long.MAX_VALUE);
    for (int i = 0; i < ROUNDS; i++) {
      long asked = System.nanoTime();
      long here = epochNanos();
      WithWorkers.say(link, "clock");
      String line = link.frames().readLine();
      long way = System.nanoTime() - asked;
      if (line == null) {
        throw new IOException("It broke off, " + link.ending() + ".");
      }
      long there = new ObjectMapper().readTree(line).path("nanos").asLong();
      if (way < best.way) {
        best = new RemoteClock(there - (here + way / 2), way);
      }
    }
    return best;
  }

  /** Nanoseconds since 1970. */
  static long epochNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * SECOND + now.getNano();
  }
}
