package dev.mlops.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.image.OciLayout;
import dev.mlops.platform.local.TestImage;
import dev.mlops.problem.MlopsException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link Images} keeps. */
public abstract class ImagesContract {
  protected abstract PlatformUnderTest open() throws Exception;

  @Test
  void hasWhatWasPublishedAndNothingElse() throws Exception {
    try (var test = open()) {
      Images images = test.platform().images();
      TestImage one = test.image("one");
      TestImage two = test.image("two");
      assertFalse(images.has(one.digest()));
      images.publish(one.layout(), one.digest(), _ -> {});
      images.publish(one.layout(), one.digest(), _ -> {});
      assertTrue(images.has(one.digest()));
      assertFalse(images.has(two.digest()));
    }
  }

  @Test
  void givesBackWhatWasPublished() throws Exception {
    try (var test = open()) {
      Images images = test.platform().images();
      TestImage one = test.image("one");
      images.publish(one.layout(), one.digest(), _ -> {});
      Path copy = one.layout().resolveSibling("copy-" + UUID.randomUUID());
      images.fetch(one.digest(), copy, _ -> {});
      OciLayout fetched = OciLayout.open(copy);
      assertEquals(one.digest(), fetched.digest());
      assertTrue(fetched.isComplete());
      TestImage two = test.image("two");
      assertThrows(MlopsException.class, () -> images.fetch(two.digest(), copy, _ -> {}));
      assertEquals(one.digest(), OciLayout.open(copy).digest());
    }
  }

  @Test
  void refusesALayoutThatHoldsAnotherImage() throws Exception {
    try (var test = open()) {
      Images images = test.platform().images();
      TestImage one = test.image("one");
      TestImage two = test.image("two");
      assertThrows(MlopsException.class, () -> images.publish(one.layout(), two.digest(), _ -> {}));
      assertFalse(images.has(two.digest()));
    }
  }
}
