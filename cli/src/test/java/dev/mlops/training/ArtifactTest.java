package dev.mlops.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlops.platform.Digest;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArtifactTest {
  private static final Map<String, String> FILES =
      Map.of(
          "card.json", "{\"metrics\":{\"accuracy\":0.9,\"f1\":0.8}}",
          "golden.json", "{}",
          "model.pb", "model",
          "profile.json", "{}",
          "schema.json", "{}");

  @TempDir private Path folder;

  @BeforeEach
  void writeArtifact() throws IOException {
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  @Test
  void readsMetricsAndTheDigestThatTheDocsDefine() {
    Artifact artifact = Artifact.read(folder).orElseThrow();

    assertEquals(Map.of("accuracy", 0.9, "f1", 0.8), artifact.metrics());
    assertEquals(
        new Digest("sha256:b2204764228b580a6f06d094bdf5b74d856c361d276e1d435dbe5c8386a025fb"),
        artifact.digest());
  }

  @Test
  void isNoneIfAnyFileIsMissing() throws IOException {
    assertEquals(Optional.empty(), Artifact.read(folder.resolve("nowhere")));
    for (String file : FILES.keySet()) {
      Path path = folder.resolve(file);
      byte[] content = Files.readAllBytes(path);
      Files.delete(path);
      assertEquals(Optional.empty(), Artifact.read(folder), "without " + file);
      Files.write(path, content);
    }
  }

  @Test
  void aDamagedCardIsSaidToBe() throws IOException {
    Files.writeString(folder.resolve("card.json"), "{\"metrics\": {\"accuracy\"");
    MlopsException e = assertThrows(MlopsException.class, () -> Artifact.read(folder));

    assertEquals(Code.ARTIFACT_UNREADABLE, e.problem().code());
  }
}
