package dev.mlops.platform.local;

import dev.mlops.image.FileTree;
import dev.mlops.platform.Ownership;
import dev.mlops.problem.DiskFaults;
import dev.mlops.process.Tie;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Processes, the address and the folders of an environment. */
record LocalOwnership(Site site, LocalFolder folder, SupervisorLink link) implements Ownership {
  private static final Duration END_LONGEST = Duration.ofSeconds(60);
  private static final Duration KILL_LONGEST = Duration.ofSeconds(10);
  private static final int MEGABYTE = 1_000_000;

  /** Up to the project's own folder: .mlops/local/ENVIRONMENT. */
  private static final int PARENTS = 2;

  @Override
  public List<Owned> owned() {
    List<ProcessHandle> processes = Processes.of(folder);
    List<Owned> owned = new ArrayList<>(processes.stream().map(this::owned).toList());
    Address address =
        SavedState.read(folder).map(saved -> saved.site().address()).orElse(site.address());
    PortOwner.of(address.port())
        .filter(processes::contains)
        .ifPresent(holder -> owned.add(new Owned("address", address.toString(), "")));
    for (Path path : List.of(folder.images(), folder.logs(), folder.root())) {
      if (Files.isDirectory(path)) {
        String size = Math.ceilDiv(LocalFolder.sizeOf(path), MEGABYTE) + " MB";
        owned.add(new Owned("folder", path.toString(), size));
      }
    }
    return List.copyOf(owned);
  }

  @Override
  public List<String> environments() {
    Path all = folder.root().getParent();
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> environments = Files.list(all)) {
      return environments.map(each -> each.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw DiskFaults.reading(all, e);
    }
  }

  private Owned owned(ProcessHandle process) {
    long supervisor = SupervisorId.read(folder).map(SupervisorId::pid).orElse(-1L);
    String name =
        process.pid() == supervisor
            ? "supervisor"
            : Tie.isWatcher(process) ? "a replica's watcher" : "replica";
    return new Owned("process", name, "pid " + process.pid());
  }

  @Override
  public void remove(Consumer<String> progress) throws InterruptedException {
    Optional<SupervisorId> supervisor = link.find();
    if (supervisor.isPresent()) {
      endGently(supervisor.get(), progress);
    }
    if (!Processes.endAll(folder, KILL_LONGEST)) {
      throw LocalSwitch.stubborn(folder);
    }
    progress.accept("removing " + folder.root());
    try {
      FileTree.delete(folder.root());
      removeEmptyParents();
    } catch (IOException e) {
      throw DiskFaults.writing(folder.root(), e);
    }
  }

  private static void endGently(SupervisorId supervisor, Consumer<String> progress)
      throws InterruptedException {
    Optional<ProcessHandle> process = supervisor.process();
    if (process.isPresent()) {
      progress.accept("draining the replicas");
      process.get().destroy();
      Processes.awaitEnd(process.get(), END_LONGEST);
    }
  }

  private void removeEmptyParents() throws IOException {
    Path parent = folder.root().getParent();
    for (int i = 0; i < PARENTS; i++) {
      try {
        Files.deleteIfExists(parent);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
      parent = parent.getParent();
    }
  }
}
