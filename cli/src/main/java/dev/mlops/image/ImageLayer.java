package dev.mlops.image;

import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One layer: files of this machine and where they lie in the image.
 *
 * @param name as {@link ImageLabels} lists them
 */
record ImageLayer(String name, List<Entry> entries) {
  /**
   * @param source a file, or a folder that stands for itself and not for what is in it
   * @param mode the nine permission bits
   */
  record Entry(Path source, String path, int mode) {}

  private static final int PLAIN = 0644;
  private static final int PROGRAM = 0755;

  ImageLayer {
    entries = List.copyOf(entries);
  }

  /** All that is below a folder. Programs keep that they are; all other permissions are one. */
  static List<Entry> tree(Path folder, String path) {
    List<Entry> entries = new ArrayList<>();
    for (Path file : list(folder)) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      entries.add(new Entry(file, path + "/" + name, Files.isExecutable(file) ? PROGRAM : PLAIN));
    }
    return entries;
  }

  private static List<Path> list(Path folder) {
    try {
      return FileTree.files(folder);
    } catch (IOException e) {
      throw DiskFaults.reading(folder, e);
    }
  }

  static Entry file(Path file, String path) {
    return new Entry(file, path, PLAIN);
  }

  static Entry program(Path file, String path) {
    return new Entry(file, path, PROGRAM);
  }
}
