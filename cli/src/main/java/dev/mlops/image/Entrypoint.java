package dev.mlops.image;

import dev.mlops.process.LoadJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the service is started: the same in a container and as a plain process, where only the
 * program and the working directory lie elsewhere. So the program is the only absolute path.
 *
 * @param java the program in the image
 * @param classPath relative to the working directory
 * @param aot whether the image holds {@link #AOT_FILE}
 */
record Entrypoint(String java, List<String> classPath, boolean aot) {
  static final String AOT_FILE = "service.aot";
  static final String MAIN_CLASS = "dev.mlops.service.Main";
  static final String WORKER_CLASS = "dev.mlops.loadtest.Worker";

  /**
   * For a container of 128 to 256 MiB: a fixed young generation, so that a request's garbage is
   * collected without the heap growing; direct memory, stacks and compiled code bounded, so that
   * all of it together stays below the limit. The compiler takes 28 MB for a moment where it has
   * the whole way of a request in one piece, so that is cut in two; what it took goes back to the
   * system. Models are read by reflection, for which the JVM would make classes at every start that
   * no cache holds. What the AOT cache is trained with and used with alike, or the JVM refuses it.
   */
  static final List<String> JVM_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-Xms16m",
          "-Xmn8m",
          "-XX:MaxRAMPercentage=50",
          "-XX:MaxDirectMemorySize=32m",
          "-Xss512k",
          "-XX:ReservedCodeCacheSize=32m",
          "-XX:TrimNativeHeapInterval=5000",
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=dontinline,dev.mlops.service.http.Dialogue::handle",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-UsePerfData",
          "-Djdk.reflect.useNativeAccessorOnly=true",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Djava.library.path=" + ServiceFiles.NATIVE);

  /** For a container that has its memory to itself, and nobody who waits for an answer. */
  static final List<String> TRAINING_FLAGS =
      List.of(
          "-XX:+UseParallelGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:MaxRAMPercentage=75",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Djava.library.path=" + ServiceFiles.NATIVE);

  /** For a container that measures, and has its memory to itself. */
  static final List<String> LOAD_FLAGS =
      Stream.concat(
              LoadJvm.flags().stream(),
              Stream.of("-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError"))
          .toList();

  /** That puts load on a service. */
  List<String> load() {
    return command(LOAD_FLAGS, List.of(), WORKER_CLASS);
  }

  /** That trains, where a subcommand follows. */
  List<String> training() {
    return command(TRAINING_FLAGS, List.of(), MAIN_CLASS);
  }

  List<String> arguments() {
    return arguments(aot ? List.of("-XX:AOTCache=" + AOT_FILE) : List.of());
  }

  /**
   * @param more JVM flags in the place of the one that names the AOT cache
   */
  List<String> arguments(List<String> more) {
    return command(JVM_FLAGS, more, MAIN_CLASS);
  }

  private List<String> command(List<String> flags, List<String> more, String mainClass) {
    List<String> arguments = new ArrayList<>();
    arguments.add(java);
    arguments.addAll(flags);
    arguments.addAll(more);
    arguments.addAll(List.of("-cp", String.join(":", classPath), mainClass));
    return List.copyOf(arguments);
  }
}
