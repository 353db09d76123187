package dev.mlops.platform.gcp.fake;

import dev.mlops.platform.gcp.fake.Faults.Moment;
import java.util.function.Supplier;

/** The way of every call: written down, delayed, perhaps broken, and done one at a time. */
final class Gate {
  private final Journal journal;
  private final Faults faults;
  private final Timeline timeline;
  private final Object state = new Object();

  Gate(Journal journal, Faults faults, Timeline timeline) {
    this.journal = journal;
    this.faults = faults;
    this.timeline = timeline;
  }

  <T> T pass(Journal.Call call, Supplier<T> work) {
    journal.add(call);
    faults.delay();
    faults.strike(call.method(), Moment.BEFORE);
    T answer;
    synchronized (state) {
      timeline.catchUp();
      answer = work.get();
    }
    faults.strike(call.method(), Moment.AFTER);
    return answer;
  }

  /** For tests that look into the state or change it behind the caller's back. */
  <T> T alone(Supplier<T> work) {
    synchronized (state) {
      timeline.catchUp();
      return work.get();
    }
  }
}
