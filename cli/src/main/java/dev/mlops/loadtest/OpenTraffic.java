package dev.mlops.loadtest;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests at moments that are fixed before; each takes a connection that is free, or a new one.
 */
final class OpenTraffic implements Traffic {
  /**
   * Each request stands for somebody else, who knows nothing of the others' refusals: only where
   * nothing but refusals come back is it held back.
   */
  private static final int REFUSALS = 20;

  private final Arrivals arrivals;
  private final Schedule schedule;
  private final long timeout;
  private final int mostUsers;
  private final MomentQueue backlog = new MomentQueue();
  private User[] free = new User[64];
  private int freeCount;
  private final AtomicInteger users = new AtomicInteger();
  private long backOffUntil = Long.MIN_VALUE;
  private Failure backOffReason = Failure.BACKING_OFF;
  private int refusedInRow;

  /**
   * @param mostUsers the most requests under way at once
   * @param timeout how long a request may wait for one of them to end
   */
  OpenTraffic(Arrivals arrivals, Schedule schedule, int mostUsers, long timeout) {
    this.arrivals = arrivals;
    this.schedule = schedule;
    this.mostUsers = mostUsers;
    this.timeout = timeout;
  }

  @Override
  public long nextMoment(long now) {
    if (!backlog.isEmpty()) {
      return hasUser() ? now : Math.min(nextArrival(), backlog.first() + timeout);
    }
    return nextArrival();
  }

  private long nextArrival() {
    long next = arrivals.next();
    return next < schedule.end() ? next : WaitQueue.NEVER;
  }

  @Override
  public void begin(long now, Sender sender) {
    while (!backlog.isEmpty() && backlog.first() + timeout <= now) {
      sender.unsent(backlog.remove(), Failure.NO_CONNECTION);
    }
    while (!backlog.isEmpty() && hasUser()) {
      sender.send(takeUser(sender), backlog.remove(), now);
    }
    for (long due = nextArrival(); due <= now; due = nextArrival()) {
      arrivals.take();
      arrived(due, now, sender);
    }
  }

  private void arrived(long due, long now, Sender sender) {
    if (now < backOffUntil) {
      sender.unsent(due, backOffReason);
    } else if (hasUser()) {
      sender.send(takeUser(sender), due, due);
    } else {
      backlog.add(due);
    }
  }

  private boolean hasUser() {
    return freeCount > 0 || users.get() < mostUsers;
  }

  /** The one that was used last: its connection is the least likely to have been closed. */
  private User takeUser(Sender sender) {
    if (freeCount > 0) {
      return free[--freeCount];
    }
    users.incrementAndGet();
    return sender.user();
  }

  @Override
  public void ended(User user, long now) {
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, 2 * freeCount);
    }
    free[freeCount++] = user;
    int failures = user.connection.failures();
    if (failures > 0) {
      backOff(now + Pauses.backOff(failures), Failure.BACKING_OFF);
    }
    refusedInRow = user.refusals.some() ? refusedInRow + 1 : 0;
    if (refusedInRow >= REFUSALS) {
      backOff(user.refusals.until(), Failure.ASKED_TO_WAIT);
    }
  }

  private void backOff(long until, Failure reason) {
    backOffUntil = Math.max(backOffUntil, until);
    backOffReason = reason;
  }

  @Override
  public boolean hasBacklog() {
    return !backlog.isEmpty() || nextArrival() != WaitQueue.NEVER;
  }

  @Override
  public void abandon(Sender sender) {
    for (long due = nextArrival(); due != WaitQueue.NEVER; due = nextArrival()) {
      arrivals.take();
      backlog.add(due);
    }
    while (!backlog.isEmpty()) {
      sender.unsent(backlog.remove(), Failure.UNFINISHED);
    }
  }

  @Override
  public int users() {
    return users.get();
  }
}
