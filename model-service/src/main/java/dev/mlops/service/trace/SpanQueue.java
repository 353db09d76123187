package dev.mlops.service.trace;

import dev.mlops.service.telemetry.MetricSource;
import dev.mlops.service.telemetry.MetricsPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Spans that wait for the exporter. When they are too many, new ones are dropped and counted. */
public final class SpanQueue implements MetricSource {
  /** Waiting in the queue itself, the sender would be woken for each request: by its event loop. */
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private final BlockingQueue<List<Span>> requests;
  private final AtomicLong full = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong exported = new AtomicLong();

  /**
   * @param capacity how many requests' spans may wait
   */
  SpanQueue(int capacity) {
    requests = new ArrayBlockingQueue<>(capacity);
  }

  /** Never waits. */
  void offer(List<Span> spans) {
    if (!requests.offer(spans)) {
      full.addAndGet(spans.size());
    }
  }

  /**
   * Waits for spans, and then for more to come along. An interrupt while it has some makes it
   * return them, and is left for the next who waits.
   *
   * @param most about how many
   * @param delay the longest that a span waits for others
   */
  List<Span> take(int most, Duration delay) throws InterruptedException {
    List<Span> batch = new ArrayList<>(requests.take());
    long end = System.nanoTime() + delay.toNanos();
    try {
      while (batch.size() < most) {
        List<Span> more = requests.poll();
        if (more != null) {
          batch.addAll(more);
        } else if (end - System.nanoTime() <= 0) {
          return batch;
        } else {
          TimeUnit.NANOSECONDS.sleep(Math.min(end - System.nanoTime(), PAUSE));
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return batch;
  }

  /** What waits now, none if nothing does. */
  List<Span> rest(int most) {
    List<Span> batch = new ArrayList<>();
    while (batch.size() < most) {
      List<Span> more = requests.poll();
      if (more == null) {
        return batch;
      }
      batch.addAll(more);
    }
    return batch;
  }

  void exported(int spans) {
    exported.addAndGet(spans);
  }

  void refused(int spans) {
    refused.addAndGet(spans);
  }

  @Override
  public void writeTo(MetricsPage page) {
    page.counter("trace_spans_exported_total", "Spans that the collector has taken.");
    page.sample(exported.get());
    page.counter("trace_spans_dropped_total", "Spans that were lost.");
    page.sample(full.get(), "reason", "queue_full");
    page.sample(refused.get(), "reason", "export_failed");
  }
}
