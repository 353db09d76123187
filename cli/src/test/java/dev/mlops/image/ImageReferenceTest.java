package dev.mlops.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageReferenceTest {
  private static final String DIGEST = "sha256:" + "ab".repeat(32);

  @ParameterizedTest
  @CsvSource({
    "iris, registry-1.docker.io/library/iris:latest",
    "team/iris:v1, registry-1.docker.io/team/iris:v1",
    "docker.io/nginx, registry-1.docker.io/library/nginx:latest",
    "gcr.io/p/iris, gcr.io/p/iris:latest",
    "localhost/iris, localhost/iris:latest",
    "127.0.0.1:5000/a/b/c:1.2-x_y, 127.0.0.1:5000/a/b/c:1.2-x_y",
    "[::1]:5000/a, [::1]:5000/a:latest",
    "eu-docker.pkg.dev/my-project/repo/my__image.x:T, eu-docker.pkg.dev/my-project/repo/my__image.x:T",
  })
  void readsAllParts(String text, String whole) {
    assertEquals(whole, ImageReference.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Iris", "a//b", "host.io/", "host.io/a:", "a b", "host.io/a@sha256:12", "-a"})
  void refusesWhatIsNone(String text) {
    MlopsException refused = assertThrows(MlopsException.class, () -> ImageReference.parse(text));
    assertEquals(Code.IMAGE_REFERENCE, refused.problem().code());
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:5000/a, true",
    "127.0.0.1/a, true",
    "[::1]:5/a, true",
    "127.example.com/a, false",
    "localhost.example.com/a, false",
    "gcr.io/a, false"
  })
  void plainHttpIsForThisMachine(String text, boolean loopback) {
    assertEquals(loopback, ImageReference.parse(text).isLoopback());
  }

  @org.junit.jupiter.api.Test
  void aDigestComesBeforeATag() {
    ImageReference both = ImageReference.parse("gcr.io/a:v1@" + DIGEST);
    assertEquals(DIGEST, both.version());
    assertEquals("v1", both.tag());
  }
}
