package dev.mlops.lifecycle;

import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import dev.mlops.step.AwaitAnswer;
import dev.mlops.step.RollBack;
import dev.mlops.step.VerifyPrediction;
import java.util.Optional;

/** Goes back to a release that ran before, and sees that it answers. */
public final class RollbackRecipe {
  private RollbackRecipe() {}

  /**
   * @param release its name or revision; the one before the current if absent
   */
  public static Plan plan(
      Project project, Platform platform, Optional<String> release, ApplyOptions options) {
    Plan plan = new Plan();
    Ref<Status> running = plan.add(new RollBack(platform, release, options));
    plan.add(
        new AwaitAnswer(
            running, platform.forwards(), project.config().service().readiness().text()));
    if (project.config().model().isTrained()) {
      plan.add(verification(project, platform, running));
    }
    return plan;
  }

  /** By the rows of the release that is back, which the folder of the model may not have. */
  static VerifyPrediction verification(Project project, Platform platform, Ref<Status> running) {
    return new VerifyPrediction(
        running,
        platform.forwards(),
        VerifyPrediction.Golden.released(project.artifact(), platform.images()));
  }
}
