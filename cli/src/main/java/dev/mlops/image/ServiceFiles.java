package dev.mlops.image;

import dev.mlops.platform.Digest;
import dev.mlops.problem.Code;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program as it lies in an image: its jar, its libraries, and the native libraries that are
 * packed inside these, unpacked: a container's file system may be read-only.
 *
 * @param folder in the cache, shaped as `/app`, every file's time the image's
 * @param key hash of its content
 * @param jar the name of the one with the main class
 */
record ServiceFiles(Path folder, Digest key, String jar) {
  static final String NATIVE = "native";

  private static final String CACHED = "service";

  static ServiceFiles stage(ServiceParts parts, Machine machine, BuildCache cache)
      throws InterruptedException {
    Digest key = key(parts, machine);
    try {
      Path folder = cache.get(CACHED, key.hex(), made -> copy(parts, made, machine));
      return new ServiceFiles(folder, key, parts.name());
    } catch (IOException e) {
      throw DiskFaults.isOfDisk(e, cache.root())
          ? DiskFaults.writing(cache.root(), e)
          : DiskFaults.reading(parts.folder(), e);
    }
  }

  static Optional<ServiceFiles> find(ServiceParts parts, Machine machine, BuildCache cache) {
    Digest key = key(parts, machine);
    return cache.find(CACHED, key.hex()).map(folder -> new ServiceFiles(folder, key, parts.name()));
  }

  private static Digest key(ServiceParts parts, Machine machine) {
    try {
      if (!Files.isRegularFile(parts.jar())) {
        throw new NoSuchFileException(parts.jar().toString());
      }
      return Digest.of(parts.digest() + " " + machine.architecture());
    } catch (IOException e) {
      throw Code.INSTALLATION.problem(
          parts.name() + " and its libraries can't be read from " + parts.folder(),
          e instanceof NoSuchFileException ? "There is no " + parts.name() + "." : "",
          "Unpack the release again or, from its sources: ./mvnw package -DskipTests",
          e);
    }
  }

  /** Relative to the folder, in the one order that an AOT cache holds for. */
  List<String> classPath() {
    try (Stream<Path> jars = Files.list(folder.resolve(ServiceParts.LIBRARIES))) {
      Stream<String> libraries =
          jars.map(jar -> ServiceParts.LIBRARIES + "/" + jar.getFileName())
              .filter(name -> name.endsWith(".jar"))
              .sorted();
      return Stream.concat(Stream.of(jar), libraries).toList();
    } catch (IOException e) {
      throw DiskFaults.reading(folder, e);
    }
  }

  private static void copy(ServiceParts parts, Path folder, Machine machine) throws IOException {
    Files.copy(parts.jar(), folder.resolve(parts.name()));
    Path libraries = Files.createDirectory(folder.resolve(ServiceParts.LIBRARIES));
    Path natives = Files.createDirectory(folder.resolve(NATIVE));
    NativeCode code = new NativeCode(machine);
    for (Path jar : parts.libraries()) {
      NativeCode.copySlim(jar, libraries.resolve(jar.getFileName().toString()));
      code.unpack(jar, natives);
    }
    FileTree.stamp(folder);
  }
}
