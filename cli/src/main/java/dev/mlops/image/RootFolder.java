package dev.mlops.image;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder that stands for `/`. Names from a layer are data from a stranger: none of them, and no
 * link among them, leads out of the folder.
 */
final class RootFolder {
  private record Look(int mode, FileTime time) {}

  private final Path root;

  /** Set at the end, or a folder that may not be written to could not be filled. */
  private final Map<Path, Look> folders = new HashMap<>();

  RootFolder(Path root) throws IOException {
    this.root = root.toRealPath();
  }

  void folder(String name, int mode, FileTime time) throws IOException {
    Path path = place(name);
    if (!Files.isDirectory(path, NOFOLLOW_LINKS)) {
      remove(path);
      Files.createDirectory(path);
    }
    folders.put(path, new Look(mode, time));
  }

  void file(String name, int mode, FileTime time, InputStream content) throws IOException {
    Path path = place(name);
    remove(path);
    Files.copy(content, path);
    permit(path, mode);
    Files.setLastModifiedTime(path, time);
  }

  /** A link as the container would see it: `/` is this folder, and `..` does not climb above it. */
  void link(String name, String target) throws IOException {
    Path path = place(name);
    remove(path);
    Path base = target.startsWith("/") ? root : path.getParent();
    Path aim = root;
    Deque<String> steps = new ArrayDeque<>();
    root.relativize(base).forEach(step -> push(steps, step.toString()));
    for (String step : target.split("/", -1)) {
      push(steps, step);
    }
    for (String step : steps) {
      aim = aim.resolve(step);
    }
    Path relative = path.getParent().relativize(aim);
    Files.createSymbolicLink(path, relative.toString().isEmpty() ? Path.of(".") : relative);
  }

  /** A second name of a file that this or an earlier layer brought. */
  void hardLink(String name, String target) throws IOException {
    Path existing = place(target);
    Path path = place(name);
    if (!Files.isRegularFile(existing, NOFOLLOW_LINKS)) {
      throw unsafe("The link " + name + " points to " + target + ", which is no file of it.");
    }
    if (!existing.equals(path)) {
      remove(path);
      Files.createLink(path, existing);
    }
  }

  void remove(String name) throws IOException {
    remove(place(name));
  }

  /** Empties a folder of what earlier layers brought. */
  void clear(String name) throws IOException {
    Path path = place(name);
    if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
      try (Stream<Path> children = Files.list(path)) {
        for (Path child : children.toList()) {
          remove(child);
        }
      }
    }
  }

  /** Gives the folders their modes and times, deepest first. */
  void finish() throws IOException {
    List<Path> deepestFirst =
        folders.keySet().stream()
            .sorted(Comparator.comparingInt(Path::getNameCount).reversed())
            .toList();
    for (Path folder : deepestFirst) {
      permit(folder, folders.get(folder).mode());
      Files.setLastModifiedTime(folder, folders.get(folder).time());
    }
  }

  /** Where a name lies; the folders above it are made, and are truly inside. */
  private Path place(String name) throws IOException {
    Path parent = root;
    String last = null;
    for (String step : name.split("/", -1)) {
      if (step.isEmpty() || step.equals(".")) {
        continue;
      }
      if (step.equals("..") || step.indexOf('\\') >= 0 || step.indexOf('\0') >= 0) {
        throw unsafe("The name " + name + " leads out of the image.");
      }
      if (last != null) {
        parent = inside(parent.resolve(last), name);
      }
      last = step;
    }
    return last == null ? root : parent.resolve(last);
  }

  private Path inside(Path folder, String name) throws IOException {
    if (!Files.isDirectory(folder)) {
      remove(folder);
      Files.createDirectory(folder);
    }
    Path real = folder.toRealPath();
    if (!real.startsWith(root)) {
      throw unsafe("The name " + name + " leads out of the image.");
    }
    return real;
  }

  private void remove(Path path) throws IOException {
    if (path.equals(root)) {
      throw unsafe("A layer takes away or replaces the root folder.");
    }
    folders.keySet().removeIf(folder -> folder.startsWith(path));
    FileTree.delete(path);
  }

  private static MlopsException unsafe(String why) {
    return Code.IMAGE_DAMAGED.problem(
        "A layer of the image can't be unpacked", why, "Build the image again, or use another one");
  }

  private static void push(Deque<String> steps, String step) {
    if (step.equals("..")) {
      steps.pollLast();
    } else if (!step.isEmpty() && !step.equals(".")) {
      steps.addLast(step);
    }
  }

  private static void permit(Path path, int mode) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, permissions(mode));
    }
  }

  /** The nine bits of read, write and execute; set-user-id and its like are for root alone. */
  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] fromHighest = PosixFilePermission.values();
    for (int i = 0; i < fromHighest.length; i++) {
      if ((mode & (0400 >> i)) != 0) {
        permissions.add(fromHighest[i]);
      }
    }
    return permissions;
  }
}
