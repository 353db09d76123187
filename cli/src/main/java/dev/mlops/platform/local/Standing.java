package dev.mlops.platform.local;

import dev.mlops.manifest.WorkloadSpec;
import dev.mlops.platform.Status;
import dev.mlops.platform.Status.Autoscaling;
import dev.mlops.platform.Status.Replicas;
import dev.mlops.platform.Status.RequestRate;
import dev.mlops.platform.Status.State;
import java.util.List;
import java.util.Optional;

/** The status where no supervisor runs: told by what is saved alone. */
final class Standing {
  private Standing() {}

  static Status paused(SavedState saved) {
    return without(saved, State.PAUSED, List.of());
  }

  static Status abandoned(SavedState saved) {
    return without(
        saved,
        State.DEGRADED,
        List.of("The supervisor is gone and its replicas with it; `mlops up` starts them again."));
  }

  /** It runs but says nothing. */
  static Status silent(SavedState saved, long pid) {
    return without(
        saved,
        State.DEGRADED,
        List.of("The supervisor (pid " + pid + ") does not answer; `mlops up` replaces it."));
  }

  private static Status without(SavedState saved, State state, List<String> notes) {
    return new Status(
        state,
        state == State.PAUSED ? Optional.empty() : Optional.of(saved.site().address().uri()),
        Optional.of(saved.desired().release()),
        new Replicas(saved.replicas(), 0, List.of()),
        Running.spec(saved.site(), saved.desired())
            .scale()
            .autoscaling()
            .map(rules -> autoscaling(rules, Scaler.Use.UNKNOWN)),
        state == State.PAUSED ? Optional.of(saved.since()) : Optional.empty(),
        notes);
  }

  static Autoscaling autoscaling(WorkloadSpec.Autoscaling rules, Scaler.Use use) {
    return new Autoscaling(
        rules.min(),
        rules.max(),
        rules.goals().cpuPercent().stream().boxed().findFirst(),
        use.cpuPercent().stream().mapToObj(percent -> (int) Math.round(percent)).findFirst(),
        rules.goals().requests().stream()
            .mapToObj(
                target -> new RequestRate(target, use.requests().stream().boxed().findFirst()))
            .findFirst());
  }
}
