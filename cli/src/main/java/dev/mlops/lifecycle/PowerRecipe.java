package dev.mlops.lifecycle;

import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import dev.mlops.step.PauseWorkload;
import dev.mlops.step.RemoveOwned;
import dev.mlops.step.ResumeWorkload;
import dev.mlops.step.VerifyRelease;

/** Stops what runs, brings it back, or removes it. */
public final class PowerRecipe {
  private PowerRecipe() {}

  public static Plan pause(Project project, Platform platform) {
    Plan plan = new Plan();
    plan.add(new PauseWorkload(platform));
    return plan;
  }

  /** What comes back is asked for predictions. */
  public static Plan resume(Project project, Platform platform) {
    Plan plan = new Plan();
    Ref<Status> running = plan.add(new ResumeWorkload(platform));
    if (project.config().model().isTrained()) {
      plan.add(new VerifyRelease(running, platform.forwards(), project.artifact()));
    }
    return plan;
  }

  public static Plan destroy(Platform platform) {
    Plan plan = new Plan();
    plan.add(new RemoveOwned(platform.ownership()));
    return plan;
  }
}
