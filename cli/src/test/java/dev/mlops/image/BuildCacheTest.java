package dev.mlops.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildCacheTest {
  @TempDir Path temp;

  @Test
  void theFirstOfManyMakesItForAll() throws Exception {
    BuildCache cache = new BuildCache(temp);
    int makers = 8;
    CyclicBarrier together = new CyclicBarrier(makers);
    List<Callable<String>> tasks =
        IntStream.range(0, makers)
            .<Callable<String>>mapToObj(i ->
                () ->
                    Files.readString(
                        cache
                            .get(
                                "kind",
                                "key",
                                folder -> {
                                  awaitAll(together);
                                  Files.writeString(folder.resolve("who"), "maker " + i);
                                })
                            .resolve("who")))
            .toList();
    Set<String> seen = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> result : threads.invokeAll(tasks)) {
        seen.add(result.get());
      }
    }
    assertEquals(1, seen.size(), "all see the same: " + seen);
    assertEquals(List.of("key"), names(temp.resolve("kind")));
  }

  @Test
  void nothingIsLeftOfWhatFailed() {
    BuildCache cache = new BuildCache(temp);
    BuildCache.Maker failing =
        folder -> {
          Files.writeString(folder.resolve("half"), "x");
          throw new IOException("no");
        };
    assertThrows(IOException.class, () -> cache.get("kind", "key", failing));
    assertTrue(cache.find("kind", "key").isEmpty());
    assertEquals(List.of(), names(temp.resolve("kind")));
  }

  @Test
  void sweepsWhatKilledProcessesLeft() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Path left = Files.createDirectories(temp.resolve("kind/.work-" + ended.pid() + "-1/made"));
    long own = ProcessHandle.current().pid();
    Path running = Files.createDirectories(temp.resolve("kind/.work-" + own + "-1"));
    new BuildCache(temp).get("kind", "key", folder -> {});
    assertFalse(Files.exists(left.getParent()));
    assertTrue(Files.exists(running));
  }

  @Test
  void forgetsWhatNobodyUsedForLong() throws Exception {
    BuildCache cache = new BuildCache(temp);
    Path old = cache.get("kind", "old", folder -> {});
    Path used = cache.get("kind", "used", folder -> {});
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(40)));
    Files.setLastModifiedTime(old, longAgo);
    Files.setLastModifiedTime(used, longAgo);
    cache.get("kind", "used", folder -> {});
    cache.get("kind", "new", folder -> {});
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(used));
  }

  @Test
  void liesWhereEachSystemKeepsCaches() {
    Path home = Path.of("/home/u");
    assertEquals(Path.of("/home/u/.cache/mlops"), UserCache.folder("linux", home, Map.of()));
    Map<String, String> xdg = Map.of("XDG_CACHE_HOME", "/var/c");
    assertEquals(Path.of("/var/c/mlops"), UserCache.folder("linux", home, xdg));
    Map<String, String> relative = Map.of("XDG_CACHE_HOME", "c");
    assertEquals(Path.of("/home/u/.cache/mlops"), UserCache.folder("linux", home, relative));
    assertEquals(Path.of("/home/u/Library/Caches/mlops"), UserCache.folder("darwin", home, xdg));
  }

  private static void awaitAll(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(child -> child.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
