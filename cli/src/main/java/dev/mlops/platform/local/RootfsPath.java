package dev.mlops.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Finds a file of an image as the image itself would see it: a link to {@code /usr/bin/java} leads
 * into the image's files, not to this machine's own.
 */
final class RootfsPath {
  private static final int MOST_LINKS = 40;

  private RootfsPath() {}

  /** The file behind all links; absent if there is none, or the links go round. */
  static Optional<Path> resolve(Path rootfs, String absolute) {
    Deque<String> todo = parts(absolute);
    Path at = rootfs;
    int links = 0;
    while (!todo.isEmpty()) {
      String part = todo.pop();
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (part.equals("..")) {
        at = at.equals(rootfs) ? rootfs : at.getParent();
        continue;
      }
      Path next = at.resolve(part);
      Optional<String> target = target(next);
      if (target.isEmpty()) {
        at = next;
      } else if (++links > MOST_LINKS) {
        return Optional.empty();
      } else {
        at = target.get().startsWith("/") ? rootfs : at;
        parts(target.get()).descendingIterator().forEachRemaining(todo::push);
      }
    }
    return Files.exists(at) ? Optional.of(at) : Optional.empty();
  }

  private static Deque<String> parts(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      parts.addLast(part);
    }
    return parts;
  }

  private static Optional<String> target(Path link) {
    if (!Files.isSymbolicLink(link)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readSymbolicLink(link).toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
