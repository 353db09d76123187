package dev.mlops.doctor;

import dev.mlops.lifecycle.Project;
import dev.mlops.platform.Check;
import dev.mlops.platform.Platform;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Whether the config can be read and its platform is one that there is. */
final class ConfigCheck implements Check {
  /** What a config without problems leads to. */
  record Opened(Project project, Platform platform) {}

  private final Supplier<Project> projects;
  private final Function<Project, Platform> platforms;
  private Optional<Opened> opened = Optional.empty();

  ConfigCheck(Supplier<Project> projects, Function<Project, Platform> platforms) {
    this.projects = projects;
    this.platforms = platforms;
  }

  @Override
  public String id() {
    return "config";
  }

  @Override
  public String title() {
    return "Config";
  }

  @Override
  public Result look() {
    Project project = projects.get();
    Platform platform = platforms.apply(project);
    opened = Optional.of(new Opened(project, platform));
    return new Result.Fine("environment " + project.environment() + " on " + platform.target());
  }

  /** Empty before a look, and where that found something broken. */
  Optional<Opened> opened() {
    return opened;
  }
}
