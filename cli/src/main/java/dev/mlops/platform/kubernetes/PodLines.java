package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Jobs;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What the pods of a Job write, each read by a thread of its own, handed over by the caller's. */
final class PodLines implements AutoCloseable {
  private static final int REMEMBERED = 20;

  /** For the last lines of pods that have ended; they lie on the node already. */
  private static final Duration LAST = Duration.ofSeconds(10);

  private final Site site;
  private final BlockingQueue<Jobs.Line> lines = new LinkedBlockingQueue<>();
  private final Map<String, Thread> readers = new HashMap<>();
  private final Deque<String> last = new ArrayDeque<>();

  PodLines(Site site) {
    this.site = site;
  }

  /** Begins with pods that are new and have something to say. */
  void from(List<Pod> pods) {
    for (Pod pod : pods) {
      if (hasStarted(pod)) {
        readers.computeIfAbsent(
            pod.getMetadata().getUid(), _ -> Thread.ofVirtual().start(new PodLog(site, pod, this)));
      }
    }
  }

  void add(Jobs.Line line) {
    lines.add(line);
  }

  /** False as soon as nobody wants to hear more. */
  boolean take(Duration longest, Predicate<Jobs.Line> goOn) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (true) {
      Jobs.Line line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        return true;
      }
      if (!give(line, goOn)) {
        return false;
      }
    }
  }

  /** The same for pods that have ended, up to their last line. */
  boolean rest(Predicate<Jobs.Line> goOn) throws InterruptedException {
    long deadline = System.nanoTime() + LAST.toNanos();
    for (Thread reader : readers.values()) {
      reader.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
    return take(Duration.ZERO, goOn);
  }

  List<String> last() {
    return new ArrayList<>(last);
  }

  @Override
  public void close() {
    readers.values().forEach(Thread::interrupt);
  }

  private boolean give(Jobs.Line line, Predicate<Jobs.Line> goOn) {
    if (last.size() == REMEMBERED) {
      last.removeFirst();
    }
    last.addLast(line.text());
    return goOn.test(line);
  }

  private static boolean hasStarted(Pod pod) {
    return PodState.containers(pod).anyMatch(c -> c.getState().getWaiting() == null);
  }
}
