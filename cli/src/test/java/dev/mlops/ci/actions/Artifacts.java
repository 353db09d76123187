package dev.mlops.ci.actions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What upload-artifact keeps between jobs: plain contents without rights, below the deepest folder
 * that all paths have in common, hidden files only if asked for.
 */
record Artifacts(Path store) {
  void upload(String name, Path workspace, List<String> paths, boolean hidden) throws IOException {
    Path root = paths.size() == 1 ? workspace.resolve(paths.getFirst()) : workspace;
    for (String path : paths) {
      for (Path file : files(workspace.resolve(path))) {
        if (hidden || !isHidden(workspace.relativize(file))) {
          copy(file, store.resolve(name).resolve(root.relativize(file).toString()));
        }
      }
    }
  }

  void download(String name, Path to) throws IOException {
    if (!Files.isDirectory(store.resolve(name))) {
      throw new IOException("no artifact " + name);
    }
    for (Path file : files(store.resolve(name))) {
      copy(file, to.resolve(store.resolve(name).relativize(file).toString()));
    }
  }

  /** Each to a folder of its name. */
  void downloadAll(Path to) throws IOException {
    for (Path file : files(store)) {
      copy(file, to.resolve(store.relativize(file).toString()));
    }
  }

  List<Path> files(Path from) throws IOException {
    if (!Files.exists(from)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(from)) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }

  private static boolean isHidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.write(to, Files.readAllBytes(from));
  }
}
