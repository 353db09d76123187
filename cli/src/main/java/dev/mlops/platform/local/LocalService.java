package dev.mlops.platform.local;

import dev.mlops.manifest.WorkloadSpec;
import dev.mlops.platform.Status;
import dev.mlops.platform.local.proxy.Backends;
import dev.mlops.platform.local.proxy.Proxy;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What the supervisor runs: the one service of an environment. One change at a time. */
final class LocalService {
  private final LocalFolder folder;
  private final Backends backends = new Backends();
  private final Proxy proxy = new Proxy(backends);
  private final Fleet fleet;
  private final Scaler scaler;
  private final ReentrantLock changing = new ReentrantLock();

  /** Somebody asked for a change; the autoscaler, which looks every second, does not count. */
  private volatile boolean inChange;

  private volatile boolean ended;
  private volatile Optional<Running> running = Optional.empty();

  /** The release that is being rolled out. */
  private volatile Optional<Running> candidate = Optional.empty();

  LocalService(LocalFolder folder) {
    this.folder = folder;
    this.fleet = new Fleet(backends, folder.logs());
    this.scaler = new Scaler(fleet, new RequestMeter(backends::requests, System::nanoTime));
  }

  /** Whether {@link #end} has been done, after which it is of no more use. */
  boolean isEnded() {
    return ended;
  }

  /** Nothing was ever asked of it, or all of it was taken away. */
  boolean isIdle() {
    return running.isEmpty() && fleet.all().isEmpty() && !changing.isLocked();
  }

  Status status() {
    return running
        .or(() -> candidate)
        .map(now -> now.status(fleet, inChange, scaler.use()))
        .orElse(Status.NOTHING);
  }

  Status apply(LocalOrder order, Consumer<String> progress) throws InterruptedException {
    begin(progress);
    try {
      Optional<SavedState> saved = SavedState.read(folder);
      WorkloadSpec spec = Running.spec(order.site(), order.desired());
      int count = saved.map(s -> spec.scale().clamp(s.replicas())).orElse(spec.scale().initial());
      var state = new SavedState(order.site(), order.desired(), count, false, Instant.now());
      Running next = Running.of(folder, state);
      Optional<Running> before = running.or(() -> saved.flatMap(s -> Running.find(folder, s)));
      if (order.rollBack()) {
        rollOut(next, before, progress);
      } else {
        rollOutForGood(next, progress);
      }
    } finally {
      finish();
    }
    return status();
  }

  private void begin(Consumer<String> progress) throws InterruptedException {
    if (!changing.tryLock()) {
      progress.accept("waiting for the change under way");
      changing.lockInterruptibly();
    }
    inChange = true;
  }

  private void finish() {
    inChange = false;
    changing.unlock();
  }

  private void rollOut(Running next, Optional<Running> before, Consumer<String> progress)
      throws InterruptedException {
    listen(next.saved().site().address());
    candidate = Optional.of(next);
    try {
      bring(next, progress);
    } catch (MlopsException e) {
      goBack(next, before, progress);
      throw e;
    } finally {
      candidate = Optional.empty();
    }
    keep(next);
    var names = fleet.all().stream().map(Replica::name).collect(Collectors.toSet());
    ReplicaLog.prune(folder.logs(), names);
  }

  /** A failure is left as it is, to be looked at. */
  private void rollOutForGood(Running next, Consumer<String> progress) throws InterruptedException {
    listen(next.saved().site().address());
    keep(next);
    rollout(next, progress).advance();
  }

  private void keep(Running next) {
    running = Optional.of(next);
    next.saved().write(folder);
  }

  private void goBack(Running failed, Optional<Running> before, Consumer<String> progress)
      throws InterruptedException {
    if (before.isEmpty()) {
      fleet.end();
    } else if (!before.get().launch().equals(failed.launch()) && fleet.all().isEmpty()) {
      bringQuietly(before.get(), progress);
    }
    running = before;
    if (before.isPresent()) {
      listen(before.get().saved().site().address());
    }
  }

  /** The former release did not run when the new one failed: it is brought up as far as it can. */
  private void bringQuietly(Running before, Consumer<String> progress) throws InterruptedException {
    try {
      bring(before, progress);
    } catch (MlopsException e) {
      progress.accept("the former release did not come up either");
    }
  }

  private void bring(Running next, Consumer<String> progress) throws InterruptedException {
    rollout(next, progress).run();
  }

  private Rollout rollout(Running next, Consumer<String> progress) {
    int count = next.saved().replicas();
    return new Rollout(fleet, next.spec().rollout(), next.launch(), count, progress);
  }

  /** Runs what is saved; a failure leaves its replicas to the back-off. */
  Status resume(Consumer<String> progress) throws InterruptedException {
    begin(progress);
    try {
      Optional<SavedState> saved = SavedState.read(folder);
      if (saved.isEmpty()) {
        return Status.NOTHING;
      }
      Running next = Running.of(folder, saved.get().withPaused(false, Instant.now()));
      listen(next.saved().site().address());
      next.saved().write(folder);
      running = Optional.of(next);
      bring(next, progress);
    } finally {
      finish();
    }
    return status();
  }

  Status pause(Consumer<String> progress) throws InterruptedException {
    begin(progress);
    try {
      Optional<SavedState> paused =
          SavedState.read(folder).map(saved -> saved.withPaused(true, Instant.now()));
      paused.ifPresent(saved -> saved.write(folder));
      end(progress);
      return paused.map(Standing::paused).orElse(Status.NOTHING);
    } finally {
      finish();
    }
  }

  /** Drains everything; what is saved stays as it is. */
  void end(Consumer<String> progress) throws InterruptedException {
    progress.accept("draining " + fleet.all().size() + " replicas");
    Duration grace =
        running.map(now -> Duration.ofSeconds(now.launch().graceSeconds())).orElse(Duration.ZERO);
    proxy.drain(grace);
    fleet.end();
    proxy.close();
    running = Optional.empty();
    ended = true;
  }

  /** Called every {@link Scaler#PERIOD}. */
  void autoscale() {
    scaler.sample();
    if (running.isEmpty() || !changing.tryLock()) {
      return;
    }
    try {
      Running now = running.get();
      int count = scaler.next(now);
      if (count != now.saved().replicas()) {
        running = Optional.of(now.withReplicas(count));
        fleet.scale(now.launch(), count);
        running.get().saved().write(folder);
      }
    } finally {
      changing.unlock();
    }
  }

  private void listen(Address address) throws InterruptedException {
    try {
      proxy.listen(address.host(), address.port());
    } catch (IOException e) {
      throw PortTaken.problem(address, e);
    }
  }
}
