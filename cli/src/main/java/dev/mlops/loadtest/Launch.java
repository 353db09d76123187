package dev.mlops.loadtest;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/** How load is put on a target: from this process, or by workers. */
public interface Launch {
  /** From this process. */
  static Launch here() {
    return new FromHere(new Share(0, 1));
  }

  /** From processes of this machine, a thread each. */
  static Launch processes(int count) {
    return workers(count, Processes::start);
  }

  /** From workers somewhere, a thread each. */
  static Launch workers(int count, Crew.Start start) {
    return new WithWorkers(count, start);
  }

  /**
   * Makes everything that is sent, and whatever sends it; asks whether anything answers at the
   * target.
   *
   * @param progress what is waited for, for people
   * @throws dev.mlops.problem.MlopsException if nothing does, or the load can't be put on
   * @throws InterruptedException and leaves nothing behind
   */
  Prepared prepare(LoadPlan plan, Consumer<String> progress) throws InterruptedException;

  /** Where the load reaches an endpoint of this environment best. */
  default URI nearby(URI endpoint) {
    return endpoint;
  }

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
