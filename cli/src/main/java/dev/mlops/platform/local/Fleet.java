package dev.mlops.platform.local;

import dev.mlops.platform.local.proxy.Backends;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** All replicas, of one release or, during an update, of two; keeps the rotation up to date. */
final class Fleet {
  /** For a replica that is to be retired, those that serve least come first. */
  private static final Comparator<Replica> LEAST_USEFUL =
      Comparator.comparing(Replica::isReady)
          .thenComparing(Comparator.comparing(Replica::since).reversed());

  private final Backends backends;
  private final Path logs;
  private final List<Replica> replicas = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long changes;

  Fleet(Backends backends, Path logs) {
    this.backends = backends;
    this.logs = logs;
  }

  List<Replica> all() {
    lock.lock();
    try {
      return List.copyOf(replicas);
    } finally {
      lock.unlock();
    }
  }

  /** Those that are not on their way out. */
  List<Replica> serving() {
    return all().stream()
        .filter(replica -> replica.state().stage() != ReplicaState.Stage.DRAINING)
        .toList();
  }

  List<Replica> of(Launch launch) {
    return serving().stream().filter(replica -> replica.launch().equals(launch)).toList();
  }

  List<Replica> notOf(Launch launch) {
    return serving().stream().filter(replica -> !replica.launch().equals(launch)).toList();
  }

  long ready() {
    return serving().stream().filter(Replica::isReady).count();
  }

  Replica start(Launch launch) {
    lock.lock();
    try {
      String free = freeName(launch);
      var replica = new Replica(free, launch, new ReplicaLog(logs, free), this::refresh);
      replicas.add(replica);
      replica.start();
      return replica;
    } finally {
      lock.unlock();
    }
  }

  private String freeName(Launch launch) {
    List<String> taken = replicas.stream().map(Replica::name).toList();
    int number = 1;
    while (taken.contains(launch.stem() + "-" + number)) {
      number++;
    }
    return launch.stem() + "-" + number;
  }

  /** Begins to retire it: out of rotation at once, out of the fleet when its process has ended. */
  void retire(Replica replica) {
    replica.drain();
    Thread.ofVirtual().name("retire-" + replica.name()).start(() -> end(replica));
  }

  private void end(Replica replica) {
    try {
      replica.end();
    } catch (InterruptedException e) {
      // Nobody interrupts this thread.
    } finally {
      leave(replica);
    }
  }

  private void leave(Replica replica) {
    lock.lock();
    try {
      replicas.remove(replica);
    } finally {
      lock.unlock();
    }
    refresh();
  }

  /** The one that is to go first, by readiness and age. */
  static Optional<Replica> leastUseful(List<Replica> candidates) {
    return candidates.stream().min(LEAST_USEFUL);
  }

  /** Starts or retires until there are {@code count} of the release; does not wait for either. */
  void scale(Launch launch, int count) {
    for (int i = of(launch).size(); i < count; i++) {
      start(launch);
    }
    for (int i = of(launch).size(); i > count; i--) {
      leastUseful(of(launch)).ifPresent(this::retire);
    }
  }

  /** Retires all and waits until they have ended, which the grace period bounds. */
  void end() throws InterruptedException {
    serving().forEach(this::retire);
    long seen = changes();
    while (!all().isEmpty()) {
      seen = awaitChange(seen, Long.MAX_VALUE);
    }
  }

  /** How many changes there have been; to be read before one looks, for {@link #awaitChange}. */
  long changes() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until something has changed since {@code seen}, or the deadline (nanoTime) has come.
   *
   * @return the count of changes now
   */
  long awaitChange(long seen, long deadline) throws InterruptedException {
    lock.lock();
    try {
      while (changes == seen) {
        long left = deadline == Long.MAX_VALUE ? Long.MAX_VALUE : deadline - System.nanoTime();
        if (left <= 0) {
          break;
        }
        boolean _ = changed.await(left, TimeUnit.NANOSECONDS);
      }
      return changes;
    } finally {
      lock.unlock();
    }
  }

  private void refresh() {
    lock.lock();
    try {
      backends.set(
          replicas.stream()
              .filter(Replica::isReady)
              .flatMap(replica -> replica.backend().stream())
              .toList());
      changes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
