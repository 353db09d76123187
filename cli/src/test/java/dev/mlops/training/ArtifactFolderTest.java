package dev.mlops.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArtifactFolderTest {
  @TempDir Path parent;
  private ArtifactFolder folder;

  @BeforeEach
  void open() {
    folder = new ArtifactFolder(parent.resolve("model"));
  }

  @Test
  void replacesTheFormerModelAndLeavesNothingBeside() throws IOException {
    folder.accept(write(folder.candidate(), "one"));
    folder.accept(write(folder.candidate(), "two"));
    assertEquals("two", name());
    assertEquals(List.of("model"), names());
  }

  @Test
  void keepsTheModelWhereARunWasKilledBetweenTheMoves() throws IOException {
    write(parent.resolve(".model.old"), "former");
    write(parent.resolve(".model.candidate"), "next");
    assertEquals("former", name());
    assertFalse(Files.exists(folder.path()), "to look must not change anything");
    folder.recover();
    assertEquals("former", name());
    assertTrue(Files.exists(folder.path()));
    folder.accept(write(folder.candidate(), "next"));
    assertEquals("next", name());
    assertEquals(List.of("model"), names());
  }

  @Test
  void prefersTheNewModelWhereARunWasKilledAfterTheMoves() throws IOException {
    write(parent.resolve(".model.old"), "former");
    write(parent.resolve("model"), "next");
    folder.recover();
    assertEquals("next", name());
  }

  @Test
  void doesNotInterfereWithAReplacementUnderWay() throws IOException {
    write(parent.resolve(".model.old"), "former");
    try (var _ = folder.lock("train")) {
      MlopsException busy = assertThrows(MlopsException.class, folder::recover);
      assertEquals(Code.BUSY, busy.problem().code());
      assertEquals("former", name());
    }
    folder.recover();
    assertTrue(Files.exists(folder.path()));
  }

  private String name() {
    return folder.current().orElseThrow().card().path("name").asText();
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(parent)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Path write(Path artifact, String name) throws IOException {
    Files.createDirectories(artifact);
    for (String file : List.of("golden.json", "model.pb", "profile.json", "schema.json")) {
      Files.writeString(artifact.resolve(file), "{}");
    }
    Files.writeString(artifact.resolve("card.json"), "{\"name\": \"" + name + "\"}");
    return artifact;
  }
}
