package dev.mlops.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** How a JVM is started that puts load on a service: the same wherever it runs. */
public final class LoadJvm {
  /** Launchers give it to {@code java} as an argument file. */
  private static final String FILE = "load.jvm";

  private LoadJvm() {}

  /** Its flags, without what depends on the place: class path, memory. */
  public static List<String> flags() {
    try (InputStream in = LoadJvm.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> line.startsWith("-"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
