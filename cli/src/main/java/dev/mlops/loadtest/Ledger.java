package dev.mlops.loadtest;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All that one loop writes down: what counts by task, and apart from it what came before the
 * measured time.
 */
final class Ledger {
  private final Schedule schedule;
  private final List<Recording> measured;
  private final Recording before = new Recording();
  private final Slowest slowest = new Slowest();

  Ledger(Schedule schedule, int tasks) {
    this.schedule = schedule;
    this.measured = Stream.generate(Recording::new).limit(tasks).toList();
  }

  void answered(Call call, long now) {
    long fromIntended = now - call.intended();
    long fromSent = now - call.sent();
    if (schedule.counts(call.intended())) {
      measured.get(call.task()).answered(fromIntended, fromSent);
      slowest.offer(call, fromIntended, fromSent);
    } else {
      before.answered(fromIntended, fromSent);
    }
  }

  /**
   * @param example asked for the first of its kind only
   */
  void failed(int task, long intended, String kind, Supplier<String> example) {
    (schedule.counts(intended) ? measured.get(task) : before).failed(kind, example);
  }

  List<Recording> measured() {
    return measured;
  }

  Recording before() {
    return before;
  }

  Slowest slowest() {
    return slowest;
  }
}
