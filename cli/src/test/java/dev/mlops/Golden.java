package dev.mlops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares with a file of the repository; {@code -Dgolden.update=true} rewrites it. */
public final class Golden {
  private Golden() {}

  public static void check(Path file, String now) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, now);
    }
    String was = Files.exists(file) ? Files.readString(file) : "";
    assertEquals(was, now, () -> file + " is not up to date: run with -Dgolden.update=true");
  }
}
