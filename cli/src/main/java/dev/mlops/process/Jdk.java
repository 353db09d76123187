package dev.mlops.process;

import java.nio.file.Path;

/** The Java that runs this one, and what it starts. */
public final class Jdk {
  private Jdk() {}

  public static Path home() {
    return Path.of(System.getProperty("java.home"));
  }

  /** The program to begin a command with. */
  public static String java() {
    return home().resolve("bin").resolve("java").toString();
  }
}
