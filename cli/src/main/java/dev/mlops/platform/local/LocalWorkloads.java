package dev.mlops.platform.local;

import dev.mlops.manifest.Changes;
import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Release;
import dev.mlops.platform.Status;
import dev.mlops.platform.Workloads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The service of an environment on this machine. */
record LocalWorkloads(Site site, LocalFolder folder, SupervisorLink link) implements Workloads {

  @Override
  public Status status() {
    Optional<SupervisorId> supervisor = link.find();
    Optional<Status> told = supervisor.flatMap(link::status);
    if (told.isPresent() && told.get().state() != Status.State.ABSENT) {
      return told.get();
    }
    return SavedState.read(folder)
        .map(saved ->
            saved.paused()
                ? Standing.paused(saved)
                : supervisor.isPresent() && told.isEmpty()
                    ? Standing.silent(saved, supervisor.get().pid())
                    : Standing.abandoned(saved))
        .orElse(Status.NOTHING);
  }

  @Override
  public List<String> compare(Desired desired) {
    Optional<SavedState> saved = SavedState.read(folder);
    if (saved.isEmpty()) {
      return List.of("nothing runs yet");
    }
    SavedState now = saved.get();
    List<String> lines = new ArrayList<>();
    if (!now.paused() && link.find().isEmpty()) {
      lines.add("the supervisor is gone, and its replicas with it");
    }
    add(lines, "image", brief(now.desired().release()), brief(desired.release()));
    add(lines, "address", now.site().address().toString(), site.address().toString());
    lines.addAll(now.desired().release().factsChangedIn(desired.release()));
    lines.addAll(Changes.between(now.desired().manifests(), desired.manifests()));
    return lines;
  }

  private static String brief(Release release) {
    return release.image().brief();
  }

  private static void add(List<String> lines, String what, String before, String after) {
    if (!before.equals(after)) {
      lines.add(what + " " + before + " → " + after);
    }
  }

  @Override
  public Status apply(Desired desired, ApplyOptions options, Consumer<String> progress)
      throws InterruptedException {
    Optional<SavedState> saved = SavedState.read(folder);
    if (saved.isPresent() && saved.get().paused()) {
      return takeIn(saved.get(), desired, progress);
    }
    Status status =
        link.apply(link.ensure(), new LocalOrder(site, desired, options.rollBack()), progress);
    new LocalReleases(folder).add(desired, Instant.now());
    new LocalImages(folder).prune();
    return status;
  }

  private Status takeIn(SavedState paused, Desired desired, Consumer<String> progress) {
    int replicas = Running.spec(site, desired).scale().clamp(paused.replicas());
    var next = new SavedState(site, desired, replicas, true, paused.since());
    Running.of(folder, next); // throws here, not on resume, if it can't be run
    next.write(folder);
    new LocalReleases(folder).add(desired, Instant.now());
    progress.accept("taken in; it is paused, and `mlops resume` starts it");
    return status();
  }
}
