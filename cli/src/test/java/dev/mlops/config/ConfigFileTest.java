package dev.mlops.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  private final Complaints complaints = new Complaints();

  @TempDir private Path folder;

  @Test
  void otherEncodingsAreRefusedWithThePlace() throws IOException {
    Path file = write("a: 1\nb: caf\u00e9\n".getBytes(ISO_8859_1));

    assertEquals(Optional.empty(), ConfigFile.read(file, "f", complaints));
    assertEquals(
        "[f:2:7: this is not UTF-8; save the file in that encoding]",
        complaints.sorted().toString());
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText() throws IOException {
    Path file = write(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'a', ':', '1'});

    assertEquals(Optional.of("a:1"), ConfigFile.read(file, "f", complaints));
  }

  @Test
  void hugeFilesAreNotRead() throws IOException {
    Path file = write(new byte[(int) ConfigFile.MAX_BYTES + 1]);

    assertEquals(Optional.empty(), ConfigFile.read(file, "f", complaints));
    assertEquals(
        "[f:1:1: the file has 1048577 bytes; at most 1 MiB is read]",
        complaints.sorted().toString());
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("mlops.yaml"), bytes);
  }
}
