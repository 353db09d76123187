package dev.mlops.platform.local;

import dev.mlops.image.FileTree;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tool's own jars, copied for the supervisor: it outlives the command that starts it, and must
 * not break when the tool is built again or upgraded under it.
 */
final class ClassPathCopy {
  private ClassPathCopy() {}

  /** Copies this process' class path into the folder; folders of classes stay where they are. */
  static String into(Path folder) throws IOException {
    FileTree.delete(folder);
    Files.createDirectories(folder);
    Set<Path> copies = new LinkedHashSet<>();
    for (Path entry : entries(System.getProperty("java.class.path"))) {
      copies.add(
          Files.isDirectory(entry)
              ? entry
              : Files.copy(entry, folder.resolve(copies.size() + "-" + entry.getFileName())));
    }
    return copies.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** With what a jar's manifest adds to the path. */
  private static Set<Path> entries(String classPath) throws IOException {
    Set<Path> entries = new LinkedHashSet<>();
    for (String text : classPath.split(File.pathSeparator, -1)) {
      Path entry = Path.of(text).toAbsolutePath().normalize();
      if (Files.exists(entry)) {
        entries.add(entry);
      }
      if (Files.isRegularFile(entry)) {
        try (var jar = new JarFile(entry.toFile())) {
          added(jar).map(entry::resolveSibling).filter(Files::exists).forEach(entries::add);
        }
      }
    }
    return entries;
  }

  private static Stream<String> added(JarFile jar) throws IOException {
    var manifest = jar.getManifest();
    String value =
        manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
    return value == null ? Stream.empty() : Arrays.stream(value.strip().split("\\s+", -1));
  }
}
