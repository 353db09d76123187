package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RetreatTest {
  @Test
  void aPodThatWentBackIsNotSentForItsLog() {
    String next = Retreat.afterwards("mlops logs --replica iris-5575f49d5-x27r8");
    assertFalse(next.contains("x27r8"), next);
    assertTrue(next.contains("mlops deploy --no-rollback"), next);
    String limit = "Raise resources.limits.memory in the manifests.";
    assertEquals(limit, Retreat.afterwards(limit));
  }
}
