package dev.mlops.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.platform.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What of the installation an image needs to run its program.
 *
 * @param folder with {@code model-service.jar}, {@code lib/} and {@code onnx/}; of workers that put
 *     load on a service, the tool's own jars
 * @param workers whether it is for these
 * @param onnx whether the runtime of ONNX models is needed, too
 */
record ServiceParts(Path folder, boolean workers, boolean onnx) {
  static final String LIBRARIES = "lib";
  private static final String JAR = "model-service.jar";
  private static final String ONNX = "onnx";
  private static final String TOOL = "mlops-cli.jar";

  /** All that a worker loads of the tool's libraries. */
  private static final List<String> OF_WORKERS =
      List.of("HdrHistogram-", "jackson-annotations-", "jackson-core-", "jackson-databind-");

  static ServiceParts of(ImageSpec spec) {
    return new ServiceParts(spec.program(), spec.purpose() instanceof Purpose.Load, spec.isOnnx());
  }

  /** With the main class. */
  Path jar() {
    return folder.resolve(name());
  }

  /** Of the jar, here as in the image. */
  String name() {
    return workers ? TOOL : JAR;
  }

  /** The jars that the service's own needs, in no folder of others. */
  List<Path> libraries() throws IOException {
    if (workers) {
      return jars("").stream().filter(ServiceParts::isOfWorkers).toList();
    }
    List<Path> jars = new ArrayList<>(jars(LIBRARIES));
    if (onnx) {
      jars.addAll(jars(ONNX));
    }
    return jars;
  }

  private static boolean isOfWorkers(Path jar) {
    return OF_WORKERS.stream().anyMatch(jar.getFileName().toString()::startsWith);
  }

  /** Of names and contents. */
  Digest digest() throws IOException {
    StringBuilder lines = new StringBuilder();
    lines.append(Digest.ofFile(jar()).hex()).append("  ").append(name()).append('\n');
    for (Path library : libraries()) {
      lines.append(Digest.ofFile(library).hex()).append("  ").append(library.getFileName());
      lines.append('\n');
    }
    return Digest.of(lines.toString().getBytes(UTF_8));
  }

  private List<Path> jars(String name) throws IOException {
    Path jars = folder.resolve(name);
    return Files.isDirectory(jars) ? FileTree.files(jars) : List.of();
  }
}
