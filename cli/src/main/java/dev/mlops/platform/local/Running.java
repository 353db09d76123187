package dev.mlops.platform.local;

import dev.mlops.manifest.WorkloadSpec;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Status;
import dev.mlops.platform.Status.Replicas;
import dev.mlops.platform.Status.State;
import dev.mlops.problem.MlopsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A saved state and what follows from it. */
record Running(SavedState saved, WorkloadSpec spec, Launch launch) {

  static WorkloadSpec spec(Site site, Desired desired) {
    return WorkloadSpec.from(desired.manifests(), site.name(), desired.release().image().value());
  }

  static Running of(LocalFolder folder, SavedState saved) {
    WorkloadSpec spec = spec(saved.site(), saved.desired());
    return new Running(saved, spec, Launch.of(folder, saved.desired(), spec));
  }

  /** As {@link #of}, but absent where it can't be run any more. */
  static Optional<Running> find(LocalFolder folder, SavedState saved) {
    try {
      return Optional.of(of(folder, saved));
    } catch (MlopsException e) {
      return Optional.empty();
    }
  }

  Running withReplicas(int count) {
    return new Running(saved.withReplicas(count), spec, launch);
  }

  /**
   * @param changing whether a rollout or the like is under way
   */
  Status status(Fleet fleet, boolean changing, Scaler.Use use) {
    List<Replica> all = fleet.all();
    int ready = (int) all.stream().filter(Replica::isReady).count();
    boolean isWell = ready >= saved.replicas();
    return new Status(
        isWell ? State.RUNNING : State.DEGRADED,
        Optional.of(saved.site().address().uri()),
        Optional.of(saved.desired().release()),
        new Replicas(saved.replicas(), ready, all.stream().map(Replica::status).toList()),
        spec.scale().autoscaling().map(rules -> Standing.autoscaling(rules, use)),
        Optional.of(isWell ? saved.since() : troubleSince(all)),
        notes(all, changing));
  }

  private Instant troubleSince(List<Replica> all) {
    return all.stream()
        .filter(replica -> !replica.isReady())
        .map(Replica::since)
        .min(Instant::compareTo)
        .orElse(saved.since());
  }

  private List<String> notes(List<Replica> all, boolean changing) {
    List<String> notes = new ArrayList<>();
    if (changing) {
      notes.add("A change is under way.");
    }
    for (Replica replica : all) {
      if (!replica.isReady() && !replica.state().trouble().isEmpty()) {
        notes.add(replica.name() + ": " + replica.state().trouble() + ".");
      }
      if (replica.log().lost() > 0) {
        notes.add(replica.log().lost() + " log lines of " + replica.name() + " are lost.");
      }
    }
    notes.addAll(spec.notes());
    notes.addAll(launch.notes());
    return notes;
  }
}
