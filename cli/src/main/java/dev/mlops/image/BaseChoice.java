package dev.mlops.image;

import dev.mlops.problem.Code;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Chooses the base of an image; see docs/decisions/image-base.md. */
final class BaseChoice {
  /** A C library, certificates, a user 65532, and no shell: 10 MB; for amd64 and arm64. */
  static final String DEFAULT =
      "gcr.io/distroless/cc-debian12@sha256:"
          + "471dbca9cad607b9a32c10e9c31fb09ffaeb2d460e0afbff86c27abbc80b1b98";

  /** For machines whose own JDK can't be shipped. */
  static final String DEFAULT_WITH_JAVA =
      "eclipse-temurin@sha256:681c543d6f36c50f45e9b5226930a46203dcfa351d3670e9d0bdf0dabae53539";

  private static final String TEMURIN_JAVA = "/opt/java/openjdk/bin/java";

  /**
   * What the default base has; a JDK that is linked to more, as distributions' own are, is not for
   * it.
   */
  private static final Set<String> DEFAULT_LIBRARIES =
      Set.of(
          "libc.so.6",
          "libm.so.6",
          "libdl.so.2",
          "libpthread.so.0",
          "librt.so.1",
          "libgcc_s.so.1",
          "libstdc++.so.6");

  private static final Runtime.Version DEFAULT_GLIBC = Runtime.Version.parse("2.36");

  private final Machine machine;
  private final RegistryAnswers registries;
  private final String standard;

  /**
   * @param standard reference of the base that {@code auto} prefers
   */
  BaseChoice(Machine machine, RegistryAnswers registries, String standard) {
    this.machine = machine;
    this.registries = registries;
    this.standard = standard;
  }

  static BaseChoice published(Machine machine, BuildCache cache) {
    return new BaseChoice(machine, new RegistryAnswers(cache), DEFAULT);
  }

  /**
   * @param wanted {@code auto}, {@code host} or a reference
   * @param programs folders with what will run on it
   */
  Base choose(String wanted, List<Path> programs, Consumer<String> progress) {
    if (!machine.isLinux()) {
      return ofOtherSystem(wanted);
    }
    return switch (wanted) {
      case ImageSpec.HOST -> host(programs, "as image.base asks");
      case ImageSpec.AUTO -> automatic(programs, progress);
      default -> new Base.Published(wanted, "as image.base asks");
    };
  }

  /** For when the default base turns out not to be had after all. */
  Base fallback(List<Path> programs) {
    return host(programs, "because the default base can't be had from its registry");
  }

  /**
   * The base of an image that was built before, as it would be now.
   *
   * @return empty if another would be chosen
   */
  Optional<Base> again(Map<String, String> labels, String wanted, List<Path> programs) {
    String kind = labels.getOrDefault(ImageLabels.BASE_KIND, "");
    String because = "";
    if (!machine.isLinux()) {
      return Optional.of(ofOtherSystem(wanted)).filter(base -> base.kind().equals(kind));
    }
    boolean isAuto = wanted.equals(ImageSpec.AUTO);
    if (kind.equals(ImageSpec.HOST) && (isAuto || wanted.equals(ImageSpec.HOST))) {
      return Optional.of(host(programs, because));
    }
    return kind.equals(isAuto ? standard : wanted)
        ? Optional.of(new Base.Published(kind, because))
        : Optional.empty();
  }

  /** Once it is in the cache, no registry need answer for it. */
  void remember(Base base) throws InterruptedException {
    if (base.kind().contains("@")) {
      registries.remember(base.kind());
    }
  }

  private Base automatic(List<Path> programs, Consumer<String> progress) {
    SystemLibraries libraries = libraries(programs);
    boolean fits =
        DEFAULT_LIBRARIES.containsAll(libraries.direct())
            && libraries.newestGlibc().map(Runtime.Version::parse).stream()
                .allMatch(glibc -> glibc.compareTo(DEFAULT_GLIBC) <= 0);
    if (!fits) {
      return new Base.Host(
          libraries.files(), "because this JDK needs more of it than the default base has");
    }
    progress.accept("Looking for " + standard);
    return registries.test(standard)
        ? new Base.Published(standard, "the default")
        : fallback(programs);
  }

  private Base ofOtherSystem(String wanted) {
    if (wanted.equals(ImageSpec.HOST)) {
      throw Code.IMAGE_BASE.problem(
          "image.base: host needs Linux",
          "An image runs Linux programs; this machine has none to make a base of.",
          "Set image.base: auto");
    }
    return wanted.equals(ImageSpec.AUTO)
        ? new Base.WithJava(
            DEFAULT_WITH_JAVA, TEMURIN_JAVA, "because this machine's JDK is not for Linux")
        : new Base.WithJava(wanted, TEMURIN_JAVA, "as image.base asks");
  }

  private Base host(List<Path> programs, String because) {
    return new Base.Host(libraries(programs).files(), because);
  }

  private SystemLibraries libraries(List<Path> folders) {
    List<Path> programs = new ArrayList<>();
    try {
      for (Path folder : folders) {
        FileTree.files(folder).stream().filter(BaseChoice::mayBeProgram).forEach(programs::add);
      }
      return SystemLibraries.of(programs, machine);
    } catch (IOException e) {
      throw DiskFaults.reading(folders.getFirst(), e);
    }
  }

  private static boolean mayBeProgram(Path file) {
    return file.toString().endsWith(".so") || Files.isExecutable(file);
  }
}
