package dev.mlops.lifecycle;

import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.problem.Code;
import dev.mlops.step.TrainModel;
import dev.mlops.training.Artifact;
import dev.mlops.training.QualityGate;
import dev.mlops.training.ServiceProcess;
import dev.mlops.training.TrainingRequest;

/** Trains the model and holds it against its gate. */
public final class TrainRecipe {
  private TrainRecipe() {}

  public static Ref<Artifact> addTo(Plan plan, Project project) throws InterruptedException {
    if (!project.config().model().isTrained()) {
      throw Code.NOTHING_TO_TRAIN.problem(
          "This project has no model to train",
          "model.kind is image: the service is the user's own.",
          "mlops deploy");
    }
    return plan.add(
        new TrainModel(
            TrainingRequest.of(project.config(), project.root()),
            new QualityGate(project.config().model().gate()),
            project.artifact(),
            new ServiceProcess(project.installation())));
  }
}
