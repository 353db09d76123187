package dev.mlops.loadtest;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Deals the requests of a scenario, one after the other, and renders them; one for each loop. */
final class Deck {
  private final RequestRing[] rings;
  private final int[] order;
  private final int[] next;
  private final SplittableRandom random;

  /** Without the seed: the same id in two tests would be one trace to a collector. */
  private final SplittableRandom traces = new SplittableRandom();

  private final long sampledBelow;
  private final ByteBuffer bytes;
  private int turn;

  Deck(Scenario scenario, long seed) {
    this.rings = scenario.rings().toArray(RequestRing[]::new);
    this.order = scenario.order().stream().mapToInt(Integer::intValue).toArray();
    this.random = new SplittableRandom(seed);
    this.next = new int[rings.length];
    for (int i = 0; i < rings.length; i++) {
      next[i] = random.nextInt(rings[i].size());
    }
    this.turn = random.nextInt(order.length);
    this.sampledBelow = (long) (scenario.traceRatio() * Long.MAX_VALUE);
    this.bytes = ByteBuffer.allocateDirect(scenario.longestRequest());
  }

  /** Chooses what is sent next. */
  void deal(Call call) {
    int task = order[turn];
    turn = turn + 1 == order.length ? 0 : turn + 1;
    int request = next[task];
    next[task] = request + 1 == rings[task].size() ? 0 : request + 1;
    call.choose(task, request);
    call.trace(traces.nextLong(), traces.nextLong() | 1, random.nextLong() >>> 1 < sampledBelow);
  }

  /** What is left of a request to be written; valid until the next call. */
  ByteBuffer rest(Call call) {
    bytes.clear();
    rings[call.task()].copy(call, bytes);
    return bytes.flip().position(call.written());
  }

  boolean isWhole(Call call) {
    return call.written() == rings[call.task()].length(call.request());
  }
}
