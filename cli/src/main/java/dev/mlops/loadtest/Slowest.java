package dev.mlops.loadtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps the slowest requests of one thread, without an object for each that goes by. */
final class Slowest {
  static final int KEPT = 10;

  private final long[] latency = new long[KEPT];
  private final long[] service = new long[KEPT];
  private final long[] intended = new long[KEPT];
  private final int[] task = new int[KEPT];
  private final long[] traceHigh = new long[KEPT];
  private final long[] traceLow = new long[KEPT];
  private final boolean[] sampled = new boolean[KEPT];
  private int size;
  private long least = -1;

  void offer(Call call, long fromIntended, long fromSent) {
    if (fromIntended <= least) {
      return;
    }
    int place = size < KEPT ? size++ : leastPlace();
    latency[place] = fromIntended;
    service[place] = fromSent;
    intended[place] = call.intended();
    task[place] = call.task();
    traceHigh[place] = call.traceHigh();
    traceLow[place] = call.traceLow();
    sampled[place] = call.sampled();
    least = size < KEPT ? -1 : latency[leastPlace()];
  }

  private int leastPlace() {
    int place = 0;
    for (int i = 1; i < KEPT; i++) {
      place = latency[i] < latency[place] ? i : place;
    }
    return place;
  }

  /**
   * Once the writer has ended.
   *
   * @param start of the test, as the calls' moments are
   */
  List<SlowRequest> requests(long start) {
    List<SlowRequest> requests = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      requests.add(
          new SlowRequest(
              task[i],
              (intended[i] - start) / 1e9,
              latency[i] / 1e6,
              service[i] / 1e6,
              Trace.id(traceHigh[i], traceLow[i]),
              sampled[i]));
    }
    return requests;
  }

  /** The slowest of several threads, the slowest first. */
  static List<SlowRequest> merge(List<SlowRequest> all) {
    return all.stream()
        .sorted(Comparator.comparingDouble(SlowRequest::latencyMillis).reversed())
        .limit(KEPT)
        .toList();
  }
}
