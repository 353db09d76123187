package dev.mlops.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small parts of the engine. */
final class PiecesTest {
  @Test
  void generatorsStayWithinTheirBounds() {
    Template template =
        Template.parse(
            "{\"a\": {{uniform 4 8 1}}, \"n\": {{ int -2 3 }}, \"c\": \"{{pick x y}}\"}");
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 500; i++) {
      String body = template.render(i, random);
      assertTrue(
          body.matches("\\{\"a\": [4-8]\\.\\d, \"n\": (-[12]|[0-3]), \"c\": \"[xy]\"}"), body);
    }
    assertTrue(Template.parse("{}").isFixed());
    assertEquals("no 8", Template.parse("no {{number}}").render(7, random));
    assertTrue(
        Template.parse("{{uuid}}")
            .render(0, random)
            .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    assertTrue(Template.parse("{{text 5}}").render(0, random).matches("[a-z]{5}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{{}}", "{{nonsense}}", "{{int 1}}", "{{int 3 1}}", "{{uniform a b}}", "{{pick}}"})
  void whatCantBeGeneratedIsSaid(String text) {
    assertThrows(IllegalArgumentException.class, () -> Template.parse(text));
  }

  @Test
  void aTextIsFoundWhereverItsPiecesEnd() {
    BodyMatch match = new BodyMatch("aabaac");
    assertTrue(isFound(match, "xxaabaabaacyy"));
    assertFalse(isFound(match, "aabaabaab"));
  }

  private static boolean isFound(BodyMatch match, String body) {
    ByteBuffer bytes = ByteBuffer.wrap(body.getBytes(UTF_8));
    boolean whole = match.found(match.search(0, bytes, 0, bytes.limit()));
    for (int cut = 0; cut <= bytes.limit(); cut++) {
      int first = match.search(0, bytes, 0, cut);
      assertEquals(whole, match.found(match.search(first, bytes, cut, bytes.limit())));
    }
    return whole;
  }

  @Test
  void momentsComeOutAsTheyWentIn() {
    MomentQueue queue = new MomentQueue();
    Deque<Long> model = new ArrayDeque<>();
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      if (random.nextInt(5) < 3 || model.isEmpty()) {
        queue.add(i);
        model.add((long) i);
      } else {
        assertEquals(model.getFirst(), queue.first());
        assertEquals(model.removeFirst(), queue.remove());
      }
    }
    assertEquals(model.isEmpty(), queue.isEmpty());
  }

  @Test
  void theSlowestAreKept() {
    Slowest slowest = new Slowest();
    new Random(1)
        .ints(0, 1_000)
        .distinct()
        .limit(500)
        .forEach(millis -> {
          Call call = new Call();
          call.begin(millis, millis);
          call.trace(millis, 1, false);
          slowest.offer(call, millis * 1_000_000L, millis * 1_000_000L);
        });
    slowest.offer(new Call(), 5_000_000_000L, 1_000_000);
    List<SlowRequest> kept = Slowest.merge(slowest.requests(0));
    assertEquals(Slowest.KEPT, kept.size());
    assertEquals(5_000, kept.getFirst().latencyMillis());
    assertTrue(kept.getLast().latencyMillis() > 950, kept.toString());
    assertEquals(32, kept.getFirst().trace().length());
  }

  @Test
  void statusesAreRangesOrNumbers() {
    boolean[] good = new Expect(List.of("2xx", "404"), "").good();
    assertEquals(101, IntStream.range(0, good.length).filter(status -> good[status]).count());
    assertTrue(good[200] && good[299] && good[404]);
    assertThrows(IllegalArgumentException.class, () -> new Expect(List.of("20x"), ""));
  }
}
