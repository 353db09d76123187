package dev.mlops.platform.local;

import dev.mlops.platform.Check;
import dev.mlops.problem.Code;
import java.util.Optional;

/** Whether the process that runs the replicas is there and answers. */
record SupervisorCheck(LocalFolder folder, SupervisorLink link) implements Check {
  @Override
  public String id() {
    return "supervisor";
  }

  @Override
  public String title() {
    return "Supervisor";
  }

  @Override
  public Result look() {
    Optional<SavedState> saved = SavedState.read(folder);
    if (saved.isEmpty()) {
      return new Result.Warning("Nothing is deployed yet", "mlops up");
    }
    if (saved.get().paused()) {
      return new Result.NotApplicable("paused");
    }
    SupervisorId id = link.find().orElseThrow(SupervisorCheck::gone);
    if (link.status(id).isEmpty()) {
      throw Code.LOCAL_SUPERVISOR_LOST.problem(
          "The supervisor (pid " + id.pid() + ") does not answer",
          "It hangs, or the machine has no time for it.",
          "mlops up");
    }
    return new Result.Fine("pid " + id.pid());
  }

  private static RuntimeException gone() {
    return Code.LOCAL_SUPERVISOR_LOST.problem(
        "The supervisor is gone, and its replicas with it",
        "It was killed, or the machine was started anew; what it had saved is unchanged.",
        "mlops up");
  }
}
