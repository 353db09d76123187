package dev.mlops.command;

import dev.mlops.config.ConfigLoader;
import dev.mlops.config.ConfigSource;
import dev.mlops.config.LoadedConfig;
import dev.mlops.lifecycle.Project;
import dev.mlops.training.Installation;

/** Projects as commands work on them: each finds every problem of the config at once. */
record Projects(ConfigSource source) {
  /** For commands that work on the files that the config names. */
  Project withFiles() {
    return new Project(ConfigLoader.load(source), Installation.locate());
  }

  /** For commands that need none of these files. */
  Project asItRuns() {
    return new Project(ConfigLoader.loadWithoutFiles(source), Installation.locate());
  }

  /**
   * The preview of a pull request: another environment, of the same platform as one of the config.
   *
   * @param environment that one
   * @param withFiles whether the files that the config names are needed
   */
  Project preview(int number, String environment, boolean withFiles) {
    String name = Previews.name(number);
    ConfigSource base = source.in(environment);
    int port = ConfigLoader.loadWithoutFiles(base).config().local().port().number();
    ConfigSource own =
        base.with("kubernetes.namespace=" + name, "local.port=" + Previews.port(port, number));
    LoadedConfig loaded = withFiles ? ConfigLoader.load(own) : ConfigLoader.loadWithoutFiles(own);
    return new Project(
        new LoadedConfig(loaded.config(), loaded.file(), name, loaded.origins()),
        Installation.locate(),
        /* isPreview= */ true);
  }
}
