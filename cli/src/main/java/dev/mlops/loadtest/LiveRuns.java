package dev.mlops.loadtest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;

/** Load tests that a page starts, changes and stops: one after the other. */
public final class LiveRuns {
  /**
   * What a run is made of.
   *
   * @param plans the plan, with what the page asks for over it
   * @param tests one for each run
   * @param folders for the report of a run that begins now
   */
  public record Bench(
      Function<LoadOverrides, LoadPlan> plans, Supplier<LoadTest> tests, Supplier<Path> folders) {}

  private final Bench bench;
  private final LiveFeed feed = new LiveFeed();
  private final CountDownLatch ended = new CountDownLatch(1);
  private Optional<LoadTest> running = Optional.empty();
  private Optional<Thread> thread = Optional.empty();
  private Optional<LoadResult> last = Optional.empty();

  public LiveRuns(Bench bench) {
    this.bench = bench;
  }

  LiveFeed feed() {
    return feed;
  }

  /** The plan as it is without anything asked for, for the page's form. */
  LoadPlan plan() {
    return bench.plans().apply(LoadOverrides.NONE);
  }

  /**
   * @throws MlopsException if one is running, or the plan does not fit together
   */
  synchronized void start(LoadOverrides asked) {
    if (running.isPresent()) {
      throw Code.USAGE.problem("A load test is running", "", "Stop it first.");
    }
    LoadPlan plan = bench.plans().apply(asked);
    LoadTest test = bench.tests().get();
    running = Optional.of(test);
    feed.begin(started(plan));
    thread = Optional.of(Thread.ofVirtual().name("live-run").start(() -> run(test, plan)));
  }

  private static ObjectNode started(LoadPlan plan) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("target", plan.target().toString())
        .put("load", plan.load().describe())
        .put("open", !(plan.load() instanceof Load.Closed))
        .put("seconds", plan.total().toNanos() / 1e9);
  }

  private void run(LoadTest test, LoadPlan plan) {
    try {
      LoadResult result = test.run(plan, bench.folders().get(), feed);
      end(Optional.of(result));
      feed.end("ended", result.json());
    } catch (MlopsException e) {
      end(Optional.empty());
      feed.end("failed", why(e.problem().message()));
    } catch (InterruptedException e) {
      end(Optional.empty());
      feed.end("failed", why("it was stopped before it began"));
    } catch (RuntimeException e) {
      // The page has to learn of it: nobody else waits for this thread.
      end(Optional.empty());
      feed.end("failed", why(String.valueOf(e.getMessage())));
    }
  }

  private static ObjectNode why(String reason) {
    return JsonNodeFactory.instance.objectNode().put("why", reason);
  }

  private synchronized void end(Optional<LoadResult> result) {
    running = Optional.empty();
    last = result.or(() -> last);
  }

  synchronized void stop() {
    running.ifPresent(LoadTest::stop);
  }

  /** Other users, or requests a second, from now on. */
  synchronized void change(double level) {
    running.ifPresent(test -> test.change(level));
  }

  /** Ends it all, as the page's user asked for. */
  void quit() {
    ended.countDown();
  }

  synchronized Optional<LoadResult> last() {
    return last;
  }

  /**
   * Waits until the page's user has had enough; an interrupt is the same.
   *
   * @return of the last run that has ended, or that is ended by this
   */
  public Optional<LoadResult> await() throws InterruptedException {
    try {
      ended.await();
    } catch (InterruptedException e) {
      // Ctrl-C at the terminal: the run under way ends as by the page's button.
    }
    stop();
    Optional<Thread> run = running();
    if (run.isPresent()) {
      run.get().join();
    }
    feed.close();
    return last();
  }

  private synchronized Optional<Thread> running() {
    return thread;
  }
}
