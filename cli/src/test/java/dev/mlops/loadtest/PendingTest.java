package dev.mlops.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A worker's seconds are looked at one by one, whenever they come in. */
final class PendingTest {
  private final Pending worker = new Pending(1);
  private final Harvest into = new Harvest(1);

  @Test
  void secondsThatCameTogetherAreLookedAtOneByOne() throws IOException {
    assertTrue(worker.owes());
    worker.add(second(1_000, 3));
    worker.add(second(2_000, 4));
    assertFalse(worker.owes());
    assertEquals(1_000, worker.moveInto(into, false));
    assertEquals(3, into.tasks().getFirst().answers());
    assertEquals(2_000, worker.moveInto(into, false));
    assertEquals(7, into.tasks().getFirst().answers());
    assertTrue(worker.owes());
    into.clear();
    assertEquals(0, worker.moveInto(into, false));
    assertEquals(0, into.tasks().getFirst().answers());
    assertEquals(4, into.gauge().users(), "as it was when it was last heard of");
  }

  @Test
  void atTheEndAllThatIsLeftIsLookedAtAtOnce() throws IOException {
    worker.add(second(1_000, 3));
    worker.add(second(1_400, 4));
    worker.end();
    assertEquals(1_400, worker.moveInto(into, true));
    assertEquals(7, into.tasks().getFirst().answers());
    assertFalse(worker.owes());
  }

  @Test
  void whatALostOneHadOpenIsGone() throws IOException {
    worker.add(second(1_000, 3));
    worker.lose();
    worker.moveInto(into, false);
    assertEquals(3, into.tasks().getFirst().answers());
    assertEquals(0, into.gauge().users());
    assertFalse(worker.owes());
  }

  private static JsonNode second(long until, int answers) {
    Harvest harvest = new Harvest(1);
    for (int i = 0; i < answers; i++) {
      harvest.tasks().getFirst().latency().recordValue(1_000);
    }
    harvest.add(new Harvest.Gauge(answers, answers, 1, 0, 0, 0, 0, 0, CpuQueue.Wait.NONE));
    return Frames.second(harvest, until);
  }
}
