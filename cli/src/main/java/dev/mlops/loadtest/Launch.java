package dev.mlops.loadtest;

import java.net.InetSocketAddress;
import java.time.Duration;

/** How load is put on a target: from this process, or by workers. */
public interface Launch {
  /** From this process. */
  static Launch here() {
    return new FromHere(new Share(0, 1));
  }

  /** From processes of this machine, a thread each. */
  static Launch processes(int count) {
    return new WithWorkers(count, 1, _ -> WorkerProcess.start());
  }

  /**
   * Makes everything that is sent, and whatever sends it.
   *
   * @throws InterruptedException and leaves nothing behind
   */
  Prepared prepare(LoadPlan plan, InetSocketAddress address) throws InterruptedException;

  /** Ready to begin. Closing it ends all that was started for it. */
  interface Prepared extends AutoCloseable {
    /** How long it takes until all can begin at the same moment. */
    Duration lead();

    /** The first request goes out at the schedule's start. */
    Generator start(Schedule schedule);

    @Override
    void close();
  }
}
