package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WaitQueueTest {
  @Test
  void givesUsersBackInTheOrderOfTheirMoments() {
    Random random = new Random(7);
    for (int size = 1; size < 200; size++) {
      WaitQueue queue = new WaitQueue();
      long[] moments = random.longs(size, 0, 50).toArray();
      for (long moment : moments) {
        queue.add(user(), moment);
      }
      Arrays.sort(moments);
      for (long moment : moments) {
        assertEquals(moment, queue.nextDue());
        queue.remove();
      }
      assertTrue(queue.isEmpty());
      assertEquals(WaitQueue.NEVER, queue.nextDue());
    }
  }

  @Test
  void userAndMomentStayTogether() {
    WaitQueue queue = new WaitQueue();
    User first = user();
    User last = user();
    queue.add(last, 30);
    queue.add(first, 10);
    queue.add(user(), 20);
    assertSame(first, queue.remove());
    queue.remove();
    assertSame(last, queue.remove());
  }

  @Test
  void requestsUnderWayStayInTheOrderOfTheirStart() {
    InFlight inFlight = new InFlight();
    User[] users = {user(), user(), user()};
    Arrays.stream(users).forEach(inFlight::add);
    inFlight.remove(users[1]);
    inFlight.remove(users[0]);
    assertSame(users[2], inFlight.oldest());
    inFlight.add(users[0]);
    assertSame(users[2], inFlight.oldest());
    inFlight.remove(users[2]);
    assertSame(users[0], inFlight.oldest());
    inFlight.remove(users[0]);
    assertTrue(inFlight.isEmpty());
  }

  private static User user() {
    return new User(new ResponseParser());
  }
}
