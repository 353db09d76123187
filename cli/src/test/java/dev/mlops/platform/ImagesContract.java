package dev.mlops.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
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
  private static final String VARIANT = "classes/variant-one";

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
  void readsOneFileOfAnImage() throws Exception {
    try (var test = open()) {
      Images images = test.platform().images();
      TestImage one = test.published("one");
      assertEquals("one", new String(images.file(one.digest(), VARIANT).orElseThrow(), UTF_8));
      String absolute = OciLayout.open(one.layout()).config().workingDir() + "/" + VARIANT;
      assertTrue(images.file(one.digest(), absolute).isPresent());
      assertTrue(images.file(one.digest(), "classes/nowhere").isEmpty());
      Digest never = test.image("never-published").digest();
      assertThrows(MlopsException.class, () -> images.file(never, VARIANT));
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
