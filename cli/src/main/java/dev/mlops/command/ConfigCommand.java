package dev.mlops.command;

import dev.mlops.config.ConfigLoader;
import dev.mlops.config.ConfigSchema;
import dev.mlops.config.Explain;
import dev.mlops.config.LoadedConfig;
import dev.mlops.console.ConfigView;
import dev.mlops.problem.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "config", description = "Show the config, with the source of every value.")
final class ConfigCommand implements Callable<Integer> {
  private final Mlops mlops;

  ConfigCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  /** Without a verb of its own: the values, as the commonest question. */
  @Override
  public Integer call() {
    return show(false);
  }

  @Command(
      name = "show",
      description = "Print every value, as set by flags, variables, file and defaults.")
  Integer show(
      @Option(names = "--explain", description = "Also print what each key means.")
          boolean explain) {
    LoadedConfig loaded = ConfigLoader.load(mlops.source());
    mlops.console().answer(new ConfigView(loaded, Explain.rows(loaded), explain));
    return ExitCode.DONE.status();
  }

  @Command(name = "schema", description = "Print the JSON Schema of mlops.yaml, for editors.")
  Integer schema() {
    mlops.console().raw(ConfigSchema.json());
    return ExitCode.DONE.status();
  }
}
