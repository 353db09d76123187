package dev.mlops.service.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** By a clock that only work moves on. */
final class BacklogTest {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;

  private final List<Integer> done = new ArrayList<>();
  private final List<Integer> refused = new ArrayList<>();
  private long now = 1_000 * MILLI;
  private final Backlog backlog = Backlog.ofWork(250 * MILLI, () -> now);

  @BeforeEach
  void wake() {
    backlog.woken(now);
  }

  @Test
  void letsLightWorkGoOnHoweverMuchCameAtOnce() {
    learn(5 * MICRO);
    assertFalse(backlog.isAhead(now + 100 * MILLI));
    assertFalse(backlog.isFull(now + 100 * MILLI));
    assertTrue(backlog.isFull(now + 251 * MILLI));
  }

  @Test
  void letsHeavyWorkWaitOnceASliceOfTimeIsOver() {
    learn(MILLI);
    assertFalse(backlog.isAhead(now + MILLI));
    assertTrue(backlog.isAhead(now + 3 * MILLI));
    add(0, MILLI);
    assertTrue(backlog.isAhead(now), "nobody overtakes who waits");
  }

  @Test
  void isFullWhenTheLastOneWouldWaitForTooLong() {
    learn(MILLI);
    int taken = 0;
    while (!backlog.isFull(now)) {
      add(taken++, MILLI);
    }
    assertEquals(251, taken, 2);
  }

  @Test
  void worksInTheOrderOfComingASliceAtATime() {
    learn(MILLI);
    for (int i = 0; i < 100; i++) {
      add(i, MILLI);
    }
    backlog.work();
    assertEquals(List.of(0, 1), done);
    while (!backlog.isEmpty()) {
      backlog.work();
    }
    assertEquals(100, done.size());
    assertEquals(done.stream().sorted().toList(), done);
    assertEquals(List.of(), refused);
  }

  @Test
  void worksTwelveTimesAsLongAsItLooked() {
    learn(MILLI);
    for (int i = 0; i < 200; i++) {
      add(i, MILLI);
    }
    look(MILLI);
    assertEquals(12, done.size());
    backlog.work();
    assertEquals(14, done.size(), "nothing has come since");
    look(40 * MILLI);
    assertEquals(77, done.size(), "checks come, too");
    backlog.woken(now);
    now += 2 * MILLI;
    backlog.worked(2 * MILLI);
    backlog.work();
    assertEquals(79, done.size(), "work is no looking");
  }

  @Test
  void refusesTheLastAsSoonAsWorkProvesHeavier() {
    learn(60 * MICRO);
    for (int i = 0; i < 1_000; i++) {
      add(i, 10 * MILLI);
    }
    for (int i = 0; i < 20; i++) {
      backlog.work();
    }
    assertEquals(20, done.size(), "one takes longer than a slice");
    assertTrue(refused.size() > 900, refused.size() + " refused");
    assertEquals(999, refused.getFirst());
  }

  @Test
  void refusesWhoHasWaitedTwiceAsLongAllTheSame() {
    learn(MILLI);
    add(0, MILLI);
    now += 501 * MILLI;
    backlog.work();
    assertEquals(List.of(0), refused);
  }

  @Test
  void takesAStandstillForWhatItIs() {
    learn(MILLI);
    backlog.worked(1_000 * MILLI);
    for (int i = 0; i < 100; i++) {
      add(i, MILLI);
    }
    assertFalse(backlog.isFull(now));
  }

  /** Of work that has cost so much. */
  private void learn(long nanos) {
    for (int i = 0; i < 200; i++) {
      backlog.worked(nanos);
    }
    wake();
  }

  private void look(long nanos) {
    backlog.woken(now);
    now += nanos;
    backlog.work();
  }

  private void add(int number, long nanos) {
    backlog.add(inTime -> {
      if (inTime) {
        now += nanos;
        backlog.worked(nanos);
        done.add(number);
      } else {
        refused.add(number);
      }
    });
  }
}
