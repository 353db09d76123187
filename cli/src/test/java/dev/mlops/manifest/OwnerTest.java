package dev.mlops.manifest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class OwnerTest {
  private final Owner owner = new Owner("iris", "dev", "here");

  @Test
  void ownsWhatCarriesItsLabelsWhereverItLies() {
    assertTrue(owner.owns(owner.labels(), "here"));
    assertTrue(owner.owns(owner.labels(), "elsewhere"));
    assertTrue(owner.owns(owner.labels(), null));
    assertFalse(owner.owns(new Owner("iris", "dev", "there").labels(), "here"));
    assertFalse(owner.owns(new Owner("iris", "prod", "here").labels(), "here"));
    assertFalse(owner.owns(Map.of(), "here"));
    assertFalse(owner.owns(null, "here"));
  }

  @Test
  void takesWhatHasNoLabelForTheNamespaceByWhereItLies() {
    assertTrue(owner.owns(owner.selector(), "here"));
    assertFalse(owner.owns(owner.selector(), "elsewhere"));
    assertFalse(owner.owns(owner.selector(), null));
  }
}
