package dev.mlops.platform.local;

import dev.mlops.manifest.WorkloadSpec;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Release;
import dev.mlops.problem.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How each replica of a release is started. Two that are equal need no rollout between them.
 *
 * @param stem what its replicas are called, before their number
 * @param marker folder of the environment, by which a replica is known as ours
 * @param graceSeconds from SIGTERM to SIGKILL
 */
record Launch(
    String stem,
    UnpackedImage image,
    WorkloadSpec.Container container,
    int graceSeconds,
    Path marker) {
  /** Environment variable by which our processes are found again. */
  static final String MARKER = "MLOPS_LOCAL_FOLDER";

  private static final int BRIEF = 7;

  static Launch of(LocalFolder folder, Desired desired, WorkloadSpec spec) {
    Release release = desired.release();
    var image = UnpackedImage.read(folder, release.image());
    String brief = release.name().substring(0, Math.min(BRIEF, release.name().length()));
    String stem = spec.name() + "-" + brief;
    int grace = spec.rollout().graceSeconds();
    var launch = new Launch(stem, image, spec.container(), grace, folder.root());
    launch.command(); // an image that can't be run is told before anything is stopped
    return launch;
  }

  List<String> command() {
    List<String> wanted = wanted();
    if (wanted.isEmpty()) {
      throw Code.LOCAL_IMAGE.problem(
          "The image of " + stem + " names no program to start",
          "It has neither an entrypoint nor a command.",
          "Give the container a `command` in the manifests.");
    }
    String program = wanted.getFirst();
    List<String> command = new ArrayList<>();
    command.add(isOfThisSystem() ? inRootfs(program) : ownJava(program));
    if (isJava(program)) {
      command.addAll(containerFlags());
    }
    command.addAll(wanted.subList(1, wanted.size()));
    return command;
  }

  /** As Kubernetes has it: a given command drops the image's own arguments too. */
  private List<String> wanted() {
    var arguments = container.arguments();
    boolean own = arguments.command().isEmpty();
    List<String> wanted = new ArrayList<>(own ? image.config().entrypoint() : arguments.command());
    if (!arguments.args().isEmpty()) {
      wanted.addAll(arguments.args());
    } else if (own) {
      wanted.addAll(image.config().cmd());
    }
    return wanted;
  }

  Path directory() {
    return RootfsPath.resolve(image.rootfs(), image.config().workingDir()).orElse(image.rootfs());
  }

  /** The image's variables, then the manifest's, then ours; nothing of the user's own. */
  Map<String, String> environment(int port) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    environment.putAll(image.config().env());
    environment.putAll(container.env());
    environment.put("HOST", "127.0.0.1");
    environment.put("PORT", String.valueOf(port));
    environment.put(MARKER, marker.toString());
    return environment;
  }

  /** What a user should know about how it runs here. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!isOfThisSystem()) {
      notes.add(
          "The image is made for "
              + image.config().os()
              + "/"
              + image.config().architecture()
              + ": its files run here with the Java of mlops itself.");
    }
    if (container.resources().cpuLimit().isPresent()) {
      notes.add("CPU limits are passed to Java, but not enforced on this machine.");
    }
    return notes;
  }

  private boolean isOfThisSystem() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").replace("x86_64", "amd64");
    return system.contains(image.config().os())
        && machine.replace("aarch64", "arm64").equals(image.config().architecture());
  }

  private static boolean isJava(String program) {
    return Path.of(program).endsWith("java");
  }

  private String ownJava(String program) {
    if (isJava(program)) {
      return ProcessHandle.current().info().command().orElse("java");
    }
    throw Code.LOCAL_IMAGE.problem(
        "The image of " + stem + " can't run on this machine",
        "It starts `" + program + "`, made for " + image.config().os() + ".",
        "Choose a platform of that kind, such as kubernetes.");
  }

  private String inRootfs(String program) {
    List<String> places =
        program.startsWith("/")
            ? List.of(program)
            : program.contains("/")
                ? List.of(image.config().workingDir() + "/" + program)
                : searchPath().map(folder -> folder + "/" + program).toList();
    return places.stream()
        .map(place -> RootfsPath.resolve(image.rootfs(), place))
        .flatMap(Optional::stream)
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseThrow(() -> notFound(program));
  }

  private Stream<String> searchPath() {
    return Arrays.stream(environment(0).get("PATH").split(":", -1));
  }

  private RuntimeException notFound(String program) {
    return Code.LOCAL_IMAGE.problem(
        "The image of " + stem + " has no program `" + program + "`",
        "It is not in " + image.rootfs() + ", or not executable.",
        "mlops build");
  }

  /** What a JVM would see of the container's limits: a heap as large, as many threads. */
  private List<String> containerFlags() {
    List<String> flags = new ArrayList<>();
    var resources = container.resources();
    resources.memoryLimit().ifPresent(bytes -> flags.add("-XX:MaxRAM=" + bytes));
    resources
        .cpuLimit()
        .ifPresent(milli -> flags.add("-XX:ActiveProcessorCount=" + Math.ceilDiv(milli, 1000)));
    return flags;
  }
}
