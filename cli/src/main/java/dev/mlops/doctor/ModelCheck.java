package dev.mlops.doctor;

import dev.mlops.lifecycle.Project;
import dev.mlops.platform.Check;
import dev.mlops.training.Artifact;
import dev.mlops.training.ArtifactFolder;
import java.util.Optional;

/** Whether the model is trained and whole; what runs has a copy of its own. */
record ModelCheck(Project project) implements Check {
  @Override
  public String id() {
    return "model";
  }

  @Override
  public String title() {
    return "Model";
  }

  @Override
  public Result look() {
    if (!project.config().model().isTrained()) {
      return new Result.NotApplicable("the image is a service of your own");
    }
    Optional<Artifact> model = new ArtifactFolder(project.artifact()).current();
    return model.isPresent()
        ? new Result.Fine(model.get().digest().brief())
        : new Result.Warning("The model is not trained yet", "mlops train");
  }
}
