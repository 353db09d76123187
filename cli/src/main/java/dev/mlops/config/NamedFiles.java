package dev.mlops.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the files that a config names are there. */
final class NamedFiles {
  private final LoadedConfig loaded;
  private final Complaints complaints;

  NamedFiles(LoadedConfig loaded, Complaints complaints) {
    this.loaded = loaded;
    this.complaints = complaints;
  }

  void check() {
    MlopsConfig config = loaded.config();
    Optional<Path> data =
        config.model().isTrained() && !config.training().isRemote()
            ? config.model().data()
            : Optional.empty();
    data.ifPresent(file -> checkFile("model.data", file));
    if (config.model().kind() == Model.Kind.ONNX) {
      config.model().onnx().file().ifPresent(file -> checkFile("model.onnx.file", file));
    }
    checkFolder("manifests", config.manifests());
    checkFile("loadtest", config.loadtest());
  }

  private void checkFile(String key, Path path) {
    Path file = loaded.resolve(path);
    if (Files.isDirectory(file)) {
      complain(key, "expected a file, but " + path + " is a folder");
    } else if (!Files.exists(file)) {
      complain(key, "there is no file " + path);
    }
  }

  private void checkFolder(String key, Path path) {
    Path folder = loaded.resolve(path);
    if (!Files.isDirectory(folder)) {
      complain(
          key,
          Files.exists(folder)
              ? "expected a folder, but " + path + " is a file"
              : "there is no folder " + path);
    }
  }

  /** A file that stands only in a default is missed by the command that needs it, if one does. */
  private void complain(String key, String message) {
    switch (loaded.origin(key)) {
      case Origin.Default _ -> {}
      case Origin.InFile _, Origin.Variable _, Origin.Flag _ ->
          complaints.add(loaded.origin(key), key, message);
    }
  }
}
