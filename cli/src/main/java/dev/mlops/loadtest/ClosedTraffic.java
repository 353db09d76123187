package dev.mlops.loadtest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/** Users who send, read and wait, as many as the level says. */
final class ClosedTraffic implements Traffic {
  /** How soon a change of the level is seen. */
  private static final long LOOK_AT_LEVEL = 10_000_000;

  private final Level level;
  private final Schedule schedule;
  private final Share share;
  private final Pauses pauses;
  private final double nanosBetweenSpawns;
  private final WaitQueue waiting = new WaitQueue();
  private final Deque<User> retired = new ArrayDeque<>();
  private final AtomicInteger active = new AtomicInteger();
  private long nextSpawn;
  private int wanted;
  private long nextLook = Long.MIN_VALUE;

  ClosedTraffic(Load.Closed load, Level level, Schedule schedule, Share share, Pauses pauses) {
    this.level = level;
    this.schedule = schedule;
    this.share = share;
    this.pauses = pauses;
    this.nanosBetweenSpawns = share.of() / load.spawnRate() * 1e9;
    this.nextSpawn = schedule.start() + (long) (share.index() / load.spawnRate() * 1e9);
  }

  @Override
  public long nextMoment(long now) {
    boolean spawns = active.get() < wanted && nextSpawn < schedule.end();
    return Math.min(waiting.nextDue(), spawns ? nextSpawn : nextLook);
  }

  private void look(long now) {
    if (now >= nextLook) {
      wanted = share.countOf((long) Math.ceil(level.at(now)));
      nextLook = now + LOOK_AT_LEVEL;
    }
  }

  @Override
  public void begin(long now, Sender sender) {
    look(now);
    spawn(now, sender);
    long end = schedule.end();
    while (waiting.nextDue() <= now) {
      long due = waiting.nextDue();
      User user = waiting.remove();
      if (active.get() > wanted) {
        active.decrementAndGet();
        retired.push(user);
        sender.retire(user);
      } else if (due < end) {
        sender.send(user, due, Math.max(due, user.freeSince));
      }
    }
  }

  private void spawn(long now, Sender sender) {
    while (active.get() < wanted && nextSpawn <= now && nextSpawn < schedule.end()) {
      User user = retired.isEmpty() ? sender.user() : retired.pop();
      active.incrementAndGet();
      sender.send(user, nextSpawn, nextSpawn);
      nextSpawn += (long) nanosBetweenSpawns;
    }
    if (active.get() >= wanted) {
      // Users who come later come at their rate from then on, not all at once.
      nextSpawn = Math.max(nextSpawn, now);
    }
  }

  @Override
  public void ended(User user, long now) {
    user.freeSince = now;
    waiting.add(user, pauses.next(user, now));
  }

  @Override
  public boolean hasBacklog() {
    return waiting.nextDue() < schedule.end();
  }

  @Override
  public void abandon(Sender sender) {}

  @Override
  public int users() {
    return active.get();
  }
}
