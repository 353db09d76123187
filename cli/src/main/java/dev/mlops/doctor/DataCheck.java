package dev.mlops.doctor;

import dev.mlops.config.Model;
import dev.mlops.lifecycle.Project;
import dev.mlops.platform.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether what a model is made of is here; what runs does not need it. */
record DataCheck(Project project) implements Check {
  @Override
  public String id() {
    return "data";
  }

  @Override
  public String title() {
    return "Data";
  }

  @Override
  public Result look() {
    Model model = project.config().model();
    return switch (model.kind()) {
      case TRIBUO -> look(model.data(), "model.data");
      case ONNX -> look(model.onnx().file(), "model.onnx.file");
      case IMAGE -> new Result.NotApplicable("nothing is trained here");
    };
  }

  private Result look(Optional<Path> named, String key) {
    if (named.isEmpty()) {
      return new Result.NotApplicable(key + " is not set");
    }
    if (Files.isRegularFile(project.loaded().resolve(named.get()))) {
      return new Result.Fine(named.get().toString());
    }
    return project.config().training().isRemote()
        ? new Result.NotApplicable("training takes it from a volume of the cluster")
        : new Result.Warning(
            "There is no file " + named.get() + ": nothing can be trained here",
            "Put it there, or correct " + key);
  }
}
