package dev.mlops.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class SystemLibrariesTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final List<Path> PROGRAMS =
      List.of(
          JAVA,
          JAVA.resolve("../../lib/libjli.so").normalize(),
          JAVA.resolve("../../lib/server/libjvm.so").normalize());

  @TempDir Path temp;

  @Test
  void findsTheLoaderAndAllThatIsNamed() throws IOException {
    SystemLibraries libraries = SystemLibraries.of(PROGRAMS, Machine.here());
    ElfFile java = ElfFile.read(JAVA).orElseThrow();
    assertTrue(libraries.files().containsKey(java.interpreter().orElseThrow()));
    assertTrue(
        libraries.files().keySet().stream().anyMatch(path -> path.contains("/libc.")),
        libraries.files().toString());
    assertTrue(libraries.files().values().stream().noneMatch(Files::isSymbolicLink));
    for (Path file : libraries.files().values()) {
      List<String> missing =
          ElfFile.read(file).orElseThrow().needed().stream()
              .filter(name -> libraries.files().keySet().stream().noneMatch(p -> p.endsWith(name)))
              .toList();
      assertEquals(List.of(), missing, file.toString());
    }
  }

  @Test
  void passesOverWhatIsNoProgram() throws IOException {
    Path script = Files.writeString(temp.resolve("script"), "#!/bin/sh\n".repeat(20));
    assertEquals(Optional.empty(), ElfFile.read(script));
    assertEquals(0, SystemLibraries.of(List.of(script), Machine.here()).direct().size());
  }

  @Test
  void refusesADamagedProgram() throws IOException {
    byte[] start = Arrays.copyOf(Files.readAllBytes(JAVA), 200);
    Path damaged = Files.write(temp.resolve("damaged"), start);
    assertThrows(IOException.class, () -> ElfFile.read(damaged));
  }

  @Test
  void knowsWhatTheProgramsThemselvesWant() throws IOException {
    SystemLibraries libraries = SystemLibraries.of(PROGRAMS, Machine.here());
    assertFalse(libraries.direct().contains("libjli.so"), "one of the programs");
    boolean isGlibc = libraries.files().firstKey().contains("linux-gnu");
    assertEquals(isGlibc, libraries.newestGlibc().isPresent());
  }
}
