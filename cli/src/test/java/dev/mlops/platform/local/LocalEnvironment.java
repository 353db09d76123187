package dev.mlops.platform.local;

import dev.mlops.platform.Desired;
import dev.mlops.platform.Platform;
import dev.mlops.platform.PlatformUnderTest;
import dev.mlops.platform.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/** An environment in a test's own folder, on a port of its own; removed at the end. */
final class LocalEnvironment implements PlatformUnderTest {
  static final Duration LONGEST = Duration.ofSeconds(40);

  private final Path project;
  private final int port;
  private final Platform platform;

  LocalEnvironment(Path project) throws IOException {
    this(project, FreePort.find());
  }

  LocalEnvironment(Path project, int port) {
    this.project = project;
    this.port = port;
    this.platform =
        LocalPlatform.open(new LocalSettings(project, "tiny", "dev", "127.0.0.1", port));
  }

  @Override
  public Path folder() {
    return project;
  }

  @Override
  public Platform platform() {
    return platform;
  }

  int port() {
    return port;
  }

  LocalFolder state() {
    return new LocalFolder(project.resolve(".mlops/local/dev"));
  }

  Status apply(Desired desired) throws InterruptedException {
    return platform.workloads().apply(desired, _ -> {});
  }

  Status status() {
    return platform.workloads().status();
  }

  Status await(Predicate<Status> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    Status now = status();
    while (!wanted.test(now)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not so after " + LONGEST + ": " + now);
      }
      Thread.sleep(50);
      now = status();
    }
    return now;
  }

  long supervisor() {
    return SupervisorId.read(state()).orElseThrow().pid();
  }

  @Override
  public void close() {
    try {
      platform.ownership().remove(_ -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
