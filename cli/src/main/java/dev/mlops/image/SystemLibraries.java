package dev.mlops.image;

import dev.mlops.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What programs need of the system they run on, found as the loader would find it: by the names in
 * each file, on and on.
 */
final class SystemLibraries {
  /** Loaded by glibc when a thread ends, and by its name service: no file names them. */
  private static final List<String> LOADED_BY_NAME =
      List.of("libgcc_s.so.1", "libresolv.so.2", "libnss_files.so.2", "libnss_dns.so.2");

  private static final String GLIBC = "GLIBC_";

  private final Machine machine;
  private final List<Path> folders;
  private final SortedMap<String, Path> files = new TreeMap<>();
  private final Set<String> direct = new TreeSet<>();
  private final Set<String> glibcVersions = new HashSet<>();
  private final Set<String> known = new HashSet<>();

  private SystemLibraries(Machine machine) {
    this.machine = machine;
    String triplet = machine.triplet();
    folders =
        Stream.of(
                "/lib/" + triplet,
                "/usr/lib/" + triplet,
                "/lib64",
                "/usr/lib64",
                "/lib",
                "/usr/lib")
            .map(Path::of)
            .toList();
  }

  /**
   * @param programs files that will run; those among them that are no ELF files are passed over
   * @throws dev.mlops.problem.MlopsException if this machine lacks one of them
   */
  static SystemLibraries of(Collection<Path> programs, Machine machine) throws IOException {
    SystemLibraries libraries = new SystemLibraries(machine);
    for (Path program : programs) {
      libraries.known.add(program.getFileName().toString());
      ElfFile.read(program).flatMap(ElfFile::name).ifPresent(libraries.known::add);
    }
    for (Path program : programs) {
      Optional<ElfFile> elf = ElfFile.read(program);
      if (elf.isPresent()) {
        libraries.addProgram(elf.get());
      }
    }
    libraries.addWhatTheyNeed();
    return libraries;
  }

  /** Path in an image to the file on this machine, the loader among them. */
  SortedMap<String, Path> files() {
    return files;
  }

  /** The libraries that the programs themselves name. */
  Set<String> direct() {
    return direct;
  }

  /** The newest glibc whose symbols the programs themselves want, such as {@code 2.17}. */
  Optional<String> newestGlibc() {
    return glibcVersions.stream().max(Comparator.comparing(Runtime.Version::parse));
  }

  private void addProgram(ElfFile elf) throws IOException {
    if (elf.interpreter().isPresent()) {
      String loader = elf.interpreter().get();
      files.put(loader, Path.of(loader).toRealPath());
      known.add(Path.of(loader).getFileName().toString());
    }
    elf.needed().stream().filter(name -> !known.contains(name)).forEach(direct::add);
    for (String version : elf.symbolVersions()) {
      if (version.startsWith(GLIBC) && Character.isDigit(version.charAt(GLIBC.length()))) {
        glibcVersions.add(version.substring(GLIBC.length()));
      }
    }
  }

  private void addWhatTheyNeed() throws IOException {
    Deque<String> wanted = new ArrayDeque<>(direct);
    for (String name : LOADED_BY_NAME) {
      if (find(name).isPresent()) {
        wanted.add(name);
      }
    }
    while (!wanted.isEmpty()) {
      String name = wanted.poll();
      if (known.add(name)) {
        Path file = find(name).orElseThrow(() -> missing(name));
        files.put(file.toString(), file.toRealPath());
        wanted.addAll(ElfFile.read(file).orElseThrow().needed());
      }
    }
  }

  private Optional<Path> find(String name) throws IOException {
    for (Path folder : folders) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)
          && ElfFile.read(file).filter(elf -> elf.machine() == machine.elfMachine()).isPresent()) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private RuntimeException missing(String name) {
    return Code.IMAGE_BASE.problem(
        "No base can be made of this machine's C library: " + name + " is nowhere in " + folders,
        "The Java runtime needs it.",
        "Set image.base to an image that has it, or install a JDK that does without, such as Temurin");
  }
}
