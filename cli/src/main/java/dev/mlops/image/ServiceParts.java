package dev.mlops.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mlops.platform.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What of the installation's service an image needs.
 *
 * @param folder with {@code model-service.jar}, {@code lib/} and {@code onnx/}
 * @param onnx whether the runtime of ONNX models is needed, too
 */
record ServiceParts(Path folder, boolean onnx) {
  static final String JAR = "model-service.jar";
  static final String LIBRARIES = "lib";
  private static final String ONNX = "onnx";

  static ServiceParts of(ImageSpec spec) {
    return new ServiceParts(spec.service(), spec.isOnnx());
  }

  Path jar() {
    return folder.resolve(JAR);
  }

  /** The jars that the service's own needs, in no folder of others. */
  List<Path> libraries() throws IOException {
    List<Path> jars = new ArrayList<>(jars(LIBRARIES));
    if (onnx) {
      jars.addAll(jars(ONNX));
    }
    return jars;
  }

  /** Of names and contents. */
  Digest digest() throws IOException {
    StringBuilder lines = new StringBuilder();
    lines.append(Digest.ofFile(jar()).hex()).append("  ").append(JAR).append('\n');
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
