package dev.mlops.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.lifecycle.Project;
import dev.mlops.manifest.Manifests;
import dev.mlops.platform.Check;
import java.util.List;

/** Whether the manifests can be read, and a container of theirs names the project's image. */
record ManifestsCheck(Project project) implements Check {
  @Override
  public String id() {
    return "manifests";
  }

  @Override
  public String title() {
    return "Manifests";
  }

  @Override
  public Result look() {
    List<ObjectNode> objects = Manifests.load(project.manifests());
    String name = project.config().image().repository();
    Manifests.withImage(objects, name, name);
    return new Result.Fine(objects.size() + " objects, image " + name);
  }
}
