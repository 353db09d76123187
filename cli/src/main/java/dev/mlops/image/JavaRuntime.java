package dev.mlops.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.platform.Digest;
import dev.mlops.problem.Code;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The Java runtime of an image, linked from the JDK at hand: only the modules that the service
 * needs.
 *
 * @param jdk the home of a JDK that has jlink
 */
record JavaRuntime(Path jdk) {
  /** Where it lies in an image. */
  static final String HOME = "/opt/java";

  /**
   * What `jdeps -s` names for the service and its libraries, but for java.desktop (bean editors of
   * libraries, never used here), and jdk.management for figures of the container; a test compares.
   */
  static final List<String> MODULES =
      List.of(
          "java.base",
          "java.logging",
          "java.management",
          "java.sql",
          "java.xml",
          "jdk.management",
          "jdk.unsupported");

  /** Uncompressed inside: the layer is compressed anyway, and better so (23 MB against 28 MB). */
  private static final List<String> FLAGS =
      List.of("--strip-debug", "--no-header-files", "--no-man-pages", "--compress", "zip-0");

  private static final String CACHED = "runtime";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** What tells this JDK, and what is taken from it, from any other. */
  Digest key() {
    try {
      Path modules = jdk.resolve("lib/modules");
      return Digest.of(
          String.join(
              "\n",
              Files.readString(jdk.resolve("release")),
              Files.size(modules) + " " + Files.getLastModifiedTime(modules),
              String.join(",", MODULES),
              String.join(" ", FLAGS)));
    } catch (IOException e) {
      throw noJlink("It is not a complete JDK.", e);
    }
  }

  /** Such as {@code 25.0.3+9-LTS}, and who made it. */
  Map<String, String> release() {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(jdk.resolve("release"), UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw noJlink("It is not a complete JDK.", e);
    }
    return Map.of(
        "version", unquoted(properties, "JAVA_RUNTIME_VERSION"),
        "vendor", unquoted(properties, "IMPLEMENTOR"));
  }

  Optional<Path> find(BuildCache cache) {
    return cache.find(CACHED, key().hex());
  }

  /** The folder of the runtime, in the cache. */
  Path link(BuildCache cache, Consumer<String> progress) throws InterruptedException {
    try {
      return cache.get(CACHED, key().hex(), folder -> make(folder, progress));
    } catch (IOException e) {
      throw DiskFaults.writing(cache.root(), e);
    }
  }

  private void make(Path folder, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path jlink = jdk.resolve("bin").resolve("jlink");
    if (!Files.isExecutable(jlink)) {
      throw noJlink("It has no bin/jlink, as a JRE has none.", new IOException("no " + jlink));
    }
    progress.accept("Linking a Java runtime from " + jdk);
    // jlink wants to make the folder itself.
    Files.delete(folder);
    List<String> command =
        Stream.of(
                List.of(jlink.toString(), "--add-modules", String.join(",", MODULES)),
                FLAGS,
                List.of("--output", folder.toString()))
            .flatMap(List::stream)
            .toList();
    try {
      ChildProcess.run(command, folder.getParent(), Map.of(), LIMIT);
    } catch (IOException e) {
      if (DiskFaults.isFull(e)) {
        throw e; // told by the cache's folder, as this one goes
      }
      throw noJlink("jlink failed: its last words are below.", e);
    }
    FileTree.stamp(folder);
  }

  private RuntimeException noJlink(String why, IOException cause) {
    return Code.IMAGE_RUNTIME.problem(
        "No Java runtime can be made from " + jdk,
        why,
        "Install a full JDK 25, such as Temurin, and set JAVA_HOME to it",
        cause);
  }

  private static String unquoted(Properties properties, String key) {
    return properties.getProperty(key, "").replace("\"", "");
  }
}
