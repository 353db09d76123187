package dev.mlops.lifecycle;

import dev.mlops.config.Training;
import dev.mlops.image.ImageBuilder;
import dev.mlops.image.ImageSpec;
import dev.mlops.plan.Plan;
import dev.mlops.plan.Ref;
import dev.mlops.platform.Jobs;
import dev.mlops.platform.Platform;
import dev.mlops.problem.Code;
import dev.mlops.step.After;
import dev.mlops.step.TrainModel;
import dev.mlops.training.Artifact;
import dev.mlops.training.JobTrainer;
import dev.mlops.training.ProcessTrainer;
import dev.mlops.training.QualityGate;
import dev.mlops.training.ServiceProcess;
import dev.mlops.training.Trainer;
import dev.mlops.training.TrainingRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trains the model and holds it against its gate. */
public final class TrainRecipe {
  /** Where a volume with the data is seen. */
  private static final String VOLUME = "/data";

  private TrainRecipe() {}

  public static Ref<Artifact> addTo(Plan plan, Project project, Platform platform)
      throws InterruptedException {
    return addTo(plan, project, platform, List.of());
  }

  /**
   * @param ground what has to be there before the platform can train
   */
  static Ref<Artifact> addTo(
      Plan plan, Project project, Platform platform, List<Ref<String>> ground)
      throws InterruptedException {
    boolean isHere = project.config().training().on() == Training.Place.HERE;
    return plan.add(new After<>(isHere ? List.of() : ground, step(project, platform, false)));
  }

  /**
   * @param always whether to train again where it can't be told if the data has changed
   */
  public static Ref<Artifact> addTo(Plan plan, Project project, Platform platform, boolean always)
      throws InterruptedException {
    return plan.add(step(project, platform, always));
  }

  private static TrainModel step(Project project, Platform platform, boolean always)
      throws InterruptedException {
    if (!project.config().model().isTrained()) {
      throw Code.NOTHING_TO_TRAIN.problem(
          "This project has no model to train",
          "model.kind is image: the service is the user's own.",
          "mlops deploy");
    }
    return new TrainModel(
        request(project),
        new QualityGate(project.config().model().gate()),
        project.artifact(),
        trainer(project, platform),
        always);
  }

  private static TrainingRequest request(Project project) throws InterruptedException {
    TrainingRequest request = TrainingRequest.of(project.config(), project.root());
    Training training = project.config().training();
    return training.isRemote()
        ? request.withDataOf(training.volume().get().claim().text(), path(training))
        : request;
  }

  private static Trainer trainer(Project project, Platform platform) {
    Training training = project.config().training();
    return switch (training.on()) {
      case HERE -> new ProcessTrainer(new ServiceProcess(project.installation()));
      case CLUSTER ->
          new JobTrainer(
              platform,
              ImageBuilder.ofUser(),
              image(project),
              project.trainingLayout(),
              room(training));
    };
  }

  private static ImageSpec image(Project project) {
    return new ImageSpec(
        project.config().name().text(),
        project.config().image().base(),
        project.installation().service(),
        Optional.empty(),
        Map.of(),
        Map.of());
  }

  private static Jobs.Room room(Training training) {
    return new Jobs.Room(
        training.requests().byName(),
        training.limits().byName(),
        training.volume().map(volume -> new Jobs.Volume(volume.claim().text(), VOLUME)),
        training.longest());
  }

  private static String path(Training training) {
    return VOLUME + "/" + training.volume().get().file().toString().replace('\\', '/');
  }
}
