package dev.mlops.service.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.service.artifact.ArtifactException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class StartExceptionTest {
  private static final Path MODEL = Path.of("model");

  /** As Tribuo throws it. */
  @Test
  void callsAModelThatIsTooLargeNotDamaged() {
    var wrapped = new IllegalStateException("threw an exception", new OutOfMemoryError());
    var cause = new ArtifactException("model.pb is damaged: threw an exception", wrapped);
    String message = StartException.of(MODEL, cause).getMessage();
    assertTrue(message.startsWith("The model in model does not fit into a heap of "), message);
  }

  @Test
  void passesOnWhatIsTold() {
    StartException told = new StartException("row 3 differs");
    assertSame(told, StartException.of(MODEL, told));
    var damaged = new ArtifactException("card.json is missing", null);
    assertEquals("card.json is missing", StartException.of(MODEL, damaged).getMessage());
    var unforeseen = new NoClassDefFoundError("ai/onnxruntime/OrtEnvironment");
    assertEquals(
        "The model in model can't be used: " + unforeseen,
        StartException.of(MODEL, unforeseen).getMessage());
  }
}
