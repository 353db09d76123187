package dev.mlops.service.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.mlops.service.json.Json;
import dev.mlops.service.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactFolderTest {
  @TempDir private Path parent;

  @Test
  void publishesOverTheFormerOneAndLeavesNothingBeside() throws Exception {
    Path folder = parent.resolve("deep/model");
    new ArtifactFolder(folder).publish(artifact("one"));
    String first = Artifact.digest(folder);
    new ArtifactFolder(folder).publish(artifact("two"));
    assertEquals("two", Artifact.read(folder).card().name());
    new ArtifactFolder(folder).publish(artifact("one"));
    assertEquals(first, Artifact.digest(folder));
    assertEquals(List.of("model"), names(folder.getParent()));
  }

  @Test
  void sweepsWhatAnInterruptedRunLeft() throws Exception {
    Path folder = parent.resolve("model");
    new ArtifactFolder(folder).publish(artifact("one"));
    Files.createDirectories(parent.resolve(".model.new"));
    Files.writeString(parent.resolve(".model.new/model.pb"), "half");
    new ArtifactFolder(folder).recover();
    assertEquals(List.of("model"), names(parent));
    assertEquals("one", Artifact.read(folder).card().name());
  }

  @Test
  void bringsTheFormerOneBackIfInterruptedBetweenTheRenames() throws Exception {
    Path folder = parent.resolve("model");
    new ArtifactFolder(folder).publish(artifact("one"));
    Files.move(folder, parent.resolve(".model.old"));
    new ArtifactFolder(folder).recover();
    assertEquals(List.of("model"), names(parent));
    assertEquals("one", Artifact.read(folder).card().name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.pb", "schema.json", "card.json", "profile.json", "golden.json"})
  void saysWhichFileIsMissingOrDamaged(String name) throws Exception {
    Path folder = parent.resolve("model");
    new ArtifactFolder(folder).publish(artifact("one"));
    byte[] whole = Files.readAllBytes(folder.resolve(name));
    Files.write(folder.resolve(name), java.util.Arrays.copyOf(whole, whole.length / 2));
    assertNames(name, () -> Model.load(Artifact.read(folder)));
    Files.delete(folder.resolve(name));
    assertNames(name, () -> Artifact.read(folder));
    assertNames(name, () -> Artifact.digest(folder));
  }

  @Test
  void saysWhichKeyIsWrong() throws Exception {
    Path folder = parent.resolve("model");
    new ArtifactFolder(folder).publish(artifact("one"));
    Files.writeString(
        folder.resolve("schema.json"),
        Files.readString(folder.resolve("schema.json"))
            .replace("\"min\" : 0.0", "\"min\" : \"x\""));
    assertNames("schema.json: features[0].min should be a number", () -> Artifact.read(folder));
  }

  private static void assertNames(String part, org.junit.jupiter.api.function.Executable reading) {
    ArtifactException e = assertThrows(ArtifactException.class, reading);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Artifact artifact(String name) {
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("name", name);
    card.put("version", "0.1.0");
    card.put("algorithm", Map.of("kind", "decision-tree"));
    card.put("metrics", Map.of("accuracy", 0.5));
    Spread spread = new Spread(0, 2, 1, 0.5);
    return new Artifact(
        new Schema(
            new Target.Classes("y", List.of("a", "b")),
            List.of(new NumberFeature("x", spread, false, false))),
        Card.read(Json.parse(Json.pretty(card), "card.json")),
        new Profile(
            List.of(new Profile.Column("x", new Bins.Quantiles(List.of(1.0), List.of(3L, 4L)), 0)),
            new Bins.Values(List.of("a", "b"), List.of(3L, 4L))),
        List.of(new GoldenRow(Map.of("x", 1.5), List.of(0.25, 0.75))),
        ByteString.copyFromUtf8("not a model, but long enough to be cut"));
  }
}
