package dev.mlops.platform.local;

import dev.mlops.platform.Check;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether every replica is ready. */
record ReplicasCheck(LocalFolder folder, SupervisorLink link) implements Check {
  @Override
  public String id() {
    return "replicas";
  }

  @Override
  public String title() {
    return "Replicas";
  }

  @Override
  public Result look() {
    Optional<Status> status = link.find().flatMap(link::status);
    if (status.isEmpty() || status.get().state() == Status.State.ABSENT) {
      return new Result.NotApplicable("none runs");
    }
    Status.Replicas replicas = status.get().replicas();
    String count = replicas.ready() + " of " + replicas.desired() + " ready";
    if (replicas.ready() >= replicas.desired()) {
      return new Result.Fine(count);
    }
    String states =
        replicas.all().stream()
            .filter(replica -> !replica.state().equals("ready"))
            .map(replica -> replica.name() + " is " + replica.state())
            .collect(Collectors.joining(", "));
    if (replicas.ready() > 0) {
      return new Result.Warning(count + ": " + states, "mlops logs");
    }
    throw Code.LOCAL_ROLLOUT_FAILED.problem(
        "No replica is ready", states + String.join("\n", status.get().notes()), "mlops logs");
  }
}
