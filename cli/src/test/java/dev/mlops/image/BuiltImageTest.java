package dev.mlops.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class BuiltImageTest {
  @Test
  void aSmallLayerIsNotSaidToBeNothing() {
    assertEquals("4.9 kB", BuiltImage.size(4_900));
    assertEquals("37.5 MB", BuiltImage.size(37_512_345));
  }
}
