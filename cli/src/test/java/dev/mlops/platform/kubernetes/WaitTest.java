package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WaitTest {
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final List<String> told = new ArrayList<>();

  private static MlopsException late(String left) {
    return Code.KUBERNETES_STUCK.problem(left, "", "");
  }

  @Test
  void whatIsLeftIsToldWhenItChangesAndUntilNothingIs() throws Exception {
    var looks = new ArrayDeque<>(List.of("2 pods", "2 pods", "1 pod", ""));

    new Wait(Duration.ofHours(1), AT_ONCE).until(looks::remove, told::add, WaitTest::late);

    assertEquals(List.of("2 pods", "1 pod"), told);
    assertEquals(0, looks.size());
  }

  @Test
  void whatDoesNotChangeForTooLongIsAProblem() {
    var wait = new Wait(Duration.ZERO, AT_ONCE);

    var problem =
        assertThrows(
            MlopsException.class, () -> wait.until(() -> "1 pod", told::add, WaitTest::late));

    assertEquals("1 pod", problem.problem().message());
    assertEquals(List.of("1 pod"), told);
  }

  @Test
  void anApiServerThatIsAwayForAMomentEndsNoWait() throws Exception {
    var looks = new ArrayDeque<>(List.of("away", ""));

    new Wait(Duration.ZERO, AT_ONCE)
        .until(
            () -> {
              String look = looks.remove();
              if (look.equals("away")) {
                throw Code.KUBERNETES_UNREACHABLE.problem("away", "", "");
              }
              return look;
            },
            told::add,
            WaitTest::late);

    assertEquals(List.of("the cluster does not answer; it is asked again"), told);
  }
}
