package dev.mlops.service.predict;

import dev.mlops.service.model.Model;
import dev.mlops.service.model.Predictor;
import dev.mlops.service.telemetry.MetricSource;
import dev.mlops.service.telemetry.MetricsPage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Predicts the rows of several requests together, on threads of its own: a model that costs much to
 * be called costs less for each row of a batch.
 */
public final class Batcher implements MetricSource {
  /** Requests that may wait; beyond them the service says that it is overloaded. */
  private static final int WAITING = 1024;

  private final Batching batching;
  private final BlockingQueue<Job> jobs = new ArrayBlockingQueue<>(WAITING);
  private final List<Lane> lanes;
  private final List<Deque<Lane>> spare = new ArrayList<>();
  private final AtomicLong batches = new AtomicLong();

  /** A request whose rows are read. */
  private record Job(Lane lane, Runnable done) {}

  /**
   * @param lanes one for each event loop
   */
  Batcher(Model model, Batching batching, List<Lane> lanes) {
    this.batching = batching;
    this.lanes = List.copyOf(lanes);
    for (Lane lane : lanes) {
      spare.add(new ArrayDeque<>(List.of(lane)));
      Predictor predictor = model.predictor();
      Thread.ofPlatform().daemon().name("batch-" + spare.size()).start(() -> run(predictor));
    }
  }

  /** A lane that no request is in; on the event loop of that number only. */
  public Lane take(int thread) {
    Lane lane = spare.get(thread).poll();
    return lane != null ? lane : lanes.get(thread).twin();
  }

  /** The request is over; on the same event loop. */
  public void giveBack(int thread, Lane lane) {
    spare.get(thread).push(lane);
  }

  /**
   * Predicts what a lane has decoded.
   *
   * @param done called by another thread once {@link Lane#finish} may be
   * @return false if too many wait already
   */
  public boolean offer(Lane lane, Runnable done) {
    return jobs.offer(new Job(lane, done));
  }

  @Override
  public void writeTo(MetricsPage page) {
    page.counter("model_batches_total", "Batches of rows that were predicted together.");
    page.sample(batches.get());
  }

  private void run(Predictor predictor) {
    List<Job> batch = new ArrayList<>();
    try {
      while (true) {
        gather(batch);
        predict(batch, predictor);
        batches.incrementAndGet();
        batch.forEach(job -> job.done().run());
        batch.clear();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void gather(List<Job> batch) throws InterruptedException {
    Job job = jobs.take();
    long end = System.nanoTime() + batching.delay().toNanos();
    int rows = 0;
    while (job != null) {
      batch.add(job);
      rows += job.lane().rows().count();
      job =
          rows < batching.rows()
              ? jobs.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)
              : null;
    }
  }

  private static void predict(List<Job> batch, Predictor predictor) {
    if (batch.size() > 1) {
      try {
        predictTogether(batch, predictor);
        return;
      } catch (RuntimeException | Error _) {
        // One request's values are at fault: each is told its own.
      }
    }
    batch.forEach(job -> job.lane().predictWith(predictor));
  }

  private static void predictTogether(List<Job> batch, Predictor predictor) {
    int count = batch.stream().mapToInt(job -> job.lane().rows().count()).sum();
    double[][] values = new double[count][];
    double[][] scores = new double[count][];
    int at = 0;
    for (Job job : batch) {
      Rows rows = job.lane().rows();
      System.arraycopy(rows.values(), 0, values, at, rows.count());
      System.arraycopy(rows.scores(), 0, scores, at, rows.count());
      at += rows.count();
    }
    predictor.predict(values, scores, count);
    batch.forEach(job -> job.lane().predicted());
  }
}
