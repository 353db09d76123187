package dev.mlops.lifecycle;

import dev.mlops.config.LoadedConfig;
import dev.mlops.config.MlopsConfig;
import dev.mlops.training.Installation;
import java.nio.file.Path;

/**
 * One environment of one project, and where its parts lie.
 *
 * @param installation the tool that works on it
 * @param isPreview whether it is the preview of a pull request
 */
public record Project(LoadedConfig loaded, Installation installation, boolean isPreview) {
  public Project(LoadedConfig loaded, Installation installation) {
    this(loaded, installation, false);
  }

  public MlopsConfig config() {
    return loaded.config();
  }

  public String environment() {
    return loaded.environment();
  }

  /** The folder of the config file, absolute. */
  public Path root() {
    return loaded.project();
  }

  public Path artifact() {
    return loaded.resolve(config().model().artifact());
  }

  /** The rows that training predicted; there once the model is trained. */
  public Path golden() {
    return artifact().resolve("golden.json");
  }

  /** What a request has to look like; there once the model is trained. */
  public Path schema() {
    return artifact().resolve("schema.json");
  }

  public Path manifests() {
    return loaded.resolve(config().manifests());
  }

  public Path loadPlan() {
    return loaded.resolve(config().loadtest());
  }

  /** The image of this environment, an OCI layout. */
  public Path layout() {
    return root().resolve(".mlops").resolve("image").resolve(environment());
  }

  /** The image that a training job runs, an OCI layout. */
  public Path trainingLayout() {
    return root().resolve(".mlops").resolve("image").resolve(environment() + ".training");
  }

  /** The image that load workers run, an OCI layout. */
  public Path loadLayout() {
    return root().resolve(".mlops").resolve("image").resolve(environment() + ".load");
  }

  public Path reports() {
    return root().resolve("reports");
  }

  public Path environmentLock() {
    return root().resolve(".mlops").resolve("lock." + environment());
  }
}
