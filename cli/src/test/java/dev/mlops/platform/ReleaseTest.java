package dev.mlops.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReleaseTest {
  private static Release release(Map<String, String> facts) {
    return new Release("iris", Digest.of("iris"), facts);
  }

  @Test
  void figuresOfTheTrainingAreAmongItsFacts() {
    Release release =
        release(
            Map.of(
                Release.MODEL, "sha256:1", Release.METRIC + "accuracy", "0.95", "commit", "abc"));

    assertEquals(Map.of("accuracy", 0.95), release.metrics());
    assertTrue(release.isModel());
    assertFalse(release(Map.of("commit", "abc")).isModel());
  }

  @Test
  void changedFactsAreNamedOnceAndSorted() {
    Release before = release(Map.of("b", "1", "same", "x", "gone", "2"));
    Release after = release(Map.of("b", "3", "same", "x", "added", "4"));

    assertEquals(
        List.of("added (none) → 4", "b 1 → 3", "gone 2 → (none)"), before.factsChangedIn(after));
    assertEquals(List.of(), before.factsChangedIn(before));
  }
}
