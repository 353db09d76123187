package dev.mlops.image;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder to make something in, beside the place where it will be moved to. Its name holds the
 * process, so that what a killed one left is known and swept by the next.
 */
record WorkFolder(Path path) implements AutoCloseable {
  private static final String PREFIX = ".work-";

  static WorkFolder beside(Path target) throws IOException {
    Path parent = target.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    sweep(parent);
    String prefix = PREFIX + ProcessHandle.current().pid() + "-";
    return new WorkFolder(Files.createTempDirectory(parent, prefix));
  }

  @Override
  public void close() throws IOException {
    FileTree.delete(path);
  }

  private static void sweep(Path parent) throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(parent, PREFIX + "*-*")) {
      for (Path leftover : leftovers) {
        String name = leftover.getFileName().toString();
        String pid = name.substring(PREFIX.length(), name.indexOf('-', PREFIX.length()));
        if (pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
          FileTree.delete(leftover);
        }
      }
    }
  }
}
