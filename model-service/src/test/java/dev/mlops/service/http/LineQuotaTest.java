package dev.mlops.service.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LineQuotaTest {
  private static final long SECOND = 1_000_000_000L;

  /** A clock that is about to overflow, as System.nanoTime may be. */
  private long now = Long.MAX_VALUE - SECOND;

  private final LineQuota quota = new LineQuota(now);

  @Test
  void takesSomeAtOnceAndThenTenASecond() {
    assertEquals(50, taken(1000, 0));
    assertEquals(950, quota.leftOut());
    assertEquals(0, quota.leftOut());
    assertEquals(30, taken(3000, SECOND / 1000));
    now += 60 * SECOND;
    assertEquals(50, taken(1000, 0));
  }

  @Test
  void leavesNothingOutOfWhatIsRare() {
    for (int i = 0; i < 500; i++) {
      assertTrue(quota.take(now));
      now += SECOND / 10;
    }
    assertFalse(quota.leftOut() > 0);
  }

  private long taken(int times, long between) {
    long taken = 0;
    for (int i = 0; i < times; i++) {
      now += between;
      taken += quota.take(now) ? 1 : 0;
    }
    return taken;
  }
}
