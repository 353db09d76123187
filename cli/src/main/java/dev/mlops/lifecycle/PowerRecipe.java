package dev.mlops.lifecycle;

import dev.mlops.cost.Estimate;
import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.platform.Ownership;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import dev.mlops.step.PauseWorkload;
import dev.mlops.step.RemoveOwned;
import dev.mlops.step.ResumeWorkload;
import dev.mlops.step.TellCost;
import java.util.stream.Collectors;

/** Stops what runs, brings it back, or removes it. */
public final class PowerRecipe {
  private PowerRecipe() {}

  public static Plan pause(Project project, Platform platform) {
    Plan plan = new Plan();
    Ref<Status> paused = plan.add(new PauseWorkload(platform));
    CostRecipe.known(project)
        .filter(estimate -> estimate.isUnpriced() || !estimate.items().isEmpty())
        .ifPresent(estimate -> plan.add(new TellCost(paused, billedOn(estimate))));
    return plan;
  }

  private static String billedOn(Estimate estimate) {
    if (estimate.isUnpriced()) {
      return "the cluster's fee, load balancers, disks and images are billed on; "
          + estimate.notes().getFirst();
    }
    String items =
        estimate.items().stream()
            .filter(Estimate.Item::keptByPause)
            .map(item -> item.name() + " " + Estimate.cents(item.monthly()))
            .collect(Collectors.joining(", "));
    return "of %s%s %s a month, %s are billed on: %s (%s)"
        .formatted(
            estimate.isComplete() ? "" : "at least ",
            estimate.currency(),
            estimate.monthly(),
            estimate.pausedMonthly(),
            items,
            estimate.basis());
  }

  /** What comes back is asked for predictions. */
  public static Plan resume(Project project, Platform platform) {
    Plan plan = new Plan();
    Ref<Status> running = plan.add(new ResumeWorkload(platform));
    if (project.config().model().isTrained()) {
      plan.add(RollbackRecipe.verification(project, platform, running));
    }
    return plan;
  }

  public static Plan destroy(Ownership ownership) {
    Plan plan = new Plan();
    plan.add(new RemoveOwned(ownership));
    return plan;
  }
}
