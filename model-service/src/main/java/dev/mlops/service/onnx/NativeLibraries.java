package dev.mlops.service.onnx;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where ONNX Runtime's native libraries lie. */
final class NativeLibraries {
  private static final String FOLDER = "onnxruntime.native.path";

  private NativeLibraries() {}

  /**
   * In an image they lie on the library path, for its file system may be read-only; elsewhere ONNX
   * Runtime unpacks them from its jar.
   */
  static void locate() {
    String library = System.mapLibraryName("onnxruntime");
    if (System.getProperty(FOLDER) != null) {
      return;
    }
    for (String folder :
        System.getProperty("java.library.path", "").split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isRegularFile(Path.of(folder, library))) {
        System.setProperty(FOLDER, folder);
        return;
      }
    }
  }
}
