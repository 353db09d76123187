package dev.mlops.image;

import dev.mlops.platform.Digest;
import dev.mlops.problem.Code;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The model service as it lies in an image: its jar, its libraries, and the native libraries that
 * are packed inside these, unpacked: a container's file system may be read-only.
 *
 * @param folder in the cache, shaped as `/app`, every file's time the image's
 * @param key hash of its content
 */
record ServiceFiles(Path folder, Digest key) {
  static final String JAR = "model-service.jar";
  static final String LIBRARIES = "lib";
  static final String NATIVE = "native";

  private static final String CACHED = "service";
  private static final String PACKED_NATIVE = "META-INF/native/";

  /**
   * @param service the installation's folder
   */
  static ServiceFiles stage(Path service, Machine machine, BuildCache cache)
      throws InterruptedException {
    Digest key = key(service, machine);
    try {
      Path folder = cache.get(CACHED, key.hex(), made -> copy(service, made, machine));
      return new ServiceFiles(folder, key);
    } catch (IOException e) {
      throw DiskFaults.isOfDisk(e, cache.root())
          ? DiskFaults.writing(cache.root(), e)
          : DiskFaults.reading(service, e);
    }
  }

  static Optional<ServiceFiles> find(Path service, Machine machine, BuildCache cache) {
    Digest key = key(service, machine);
    return cache.find(CACHED, key.hex()).map(folder -> new ServiceFiles(folder, key));
  }

  private static Digest key(Path service, Machine machine) {
    try {
      if (!Files.isRegularFile(service.resolve(JAR))) {
        throw new NoSuchFileException(service.resolve(JAR).toString());
      }
      return Digest.of(Digest.ofFolder(service) + " " + machine.architecture());
    } catch (IOException e) {
      throw Code.INSTALLATION.problem(
          "The model service can't be read from " + service,
          e instanceof NoSuchFileException ? "There is no " + JAR + "." : "",
          "Build it again: ./mvnw package -DskipTests",
          e);
    }
  }

  /** Relative to the folder, in the one order that an AOT cache holds for. */
  List<String> classPath() {
    try (Stream<Path> jars = Files.list(folder.resolve(LIBRARIES))) {
      Stream<String> libraries =
          jars.map(jar -> LIBRARIES + "/" + jar.getFileName())
              .filter(name -> name.endsWith(".jar"))
              .sorted();
      return Stream.concat(Stream.of(JAR), libraries).toList();
    } catch (IOException e) {
      throw DiskFaults.reading(folder, e);
    }
  }

  private static void copy(Path service, Path folder, Machine machine) throws IOException {
    Files.copy(service.resolve(JAR), folder.resolve(JAR));
    Path libraries = Files.createDirectory(folder.resolve(LIBRARIES));
    Path natives = Files.createDirectory(folder.resolve(NATIVE));
    if (Files.isDirectory(service.resolve(LIBRARIES))) {
      for (Path jar : FileTree.files(service.resolve(LIBRARIES))) {
        Files.copy(jar, libraries.resolve(jar.getFileName().toString()));
        unpackNative(jar, natives, machine);
      }
    }
    FileTree.stamp(folder);
  }

  private static void unpackNative(Path jar, Path natives, Machine machine) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().filter(ServiceFiles::isNative).toList()) {
        Path library = natives.resolve(entry.getName().substring(PACKED_NATIVE.length()));
        try (InputStream content = zip.getInputStream(entry)) {
          Files.copy(content, library);
        }
        Optional<ElfFile> elf = ElfFile.read(library);
        if (elf.isEmpty() || elf.get().machine() != machine.elfMachine()) {
          Files.delete(library);
        }
      }
    }
  }

  private static boolean isNative(ZipEntry entry) {
    String name = entry.getName();
    return name.startsWith(PACKED_NATIVE)
        && name.endsWith(".so")
        && name.indexOf('/', PACKED_NATIVE.length()) < 0;
  }
}
