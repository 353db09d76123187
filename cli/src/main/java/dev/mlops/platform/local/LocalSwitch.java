package dev.mlops.platform.local;

import dev.mlops.platform.Status;
import dev.mlops.platform.Switch;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Stops every process of an environment, and starts them again as they were. */
record LocalSwitch(LocalFolder folder, SupervisorLink link) implements Switch {
  private static final Duration END_LONGEST = Duration.ofSeconds(30);

  @Override
  public Status pause(Consumer<String> progress) throws InterruptedException {
    Optional<SupervisorId> supervisor = link.find();
    if (supervisor.isPresent()) {
      end(supervisor.get(), progress);
    }
    Optional<SavedState> paused =
        SavedState.read(folder).map(saved -> saved.withPaused(true, Instant.now()));
    paused.ifPresent(saved -> saved.write(folder));
    if (folder.exists() && !Processes.endAll(folder, END_LONGEST)) {
      throw stubborn(folder);
    }
    return paused.map(Standing::paused).orElse(Status.NOTHING);
  }

  private void end(SupervisorId supervisor, Consumer<String> progress) throws InterruptedException {
    Optional<ProcessHandle> process = supervisor.process();
    try {
      link.pause(supervisor, progress);
    } catch (MlopsException e) {
      // What costs has to stop, also where the one who should do it can't.
      progress.accept("the supervisor does not drain (" + e.problem().message() + "): ending it");
      process.ifPresent(ProcessHandle::destroyForcibly);
    }
    if (process.isPresent() && !Processes.awaitEnd(process.get(), END_LONGEST)) {
      process.get().destroyForcibly();
    }
  }

  @Override
  public Status resume(Consumer<String> progress) throws InterruptedException {
    if (SavedState.read(folder).isEmpty()) {
      return Status.NOTHING;
    }
    return link.resume(link.ensure(), progress);
  }

  static RuntimeException stubborn(LocalFolder folder) {
    return Code.LOCAL_SUPERVISOR_LOST.problem(
        "Processes of this environment can't be ended: "
            + Processes.of(folder).stream().map(ProcessHandle::pid).toList(),
        "They may belong to another user, or hang in the operating system.",
        "End them, then run the command again.");
  }
}
