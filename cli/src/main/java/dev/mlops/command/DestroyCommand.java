package dev.mlops.command;

import dev.mlops.console.Console;
import dev.mlops.console.DestroyView;
import dev.mlops.lifecycle.PowerRecipe;
import dev.mlops.lifecycle.Project;
import dev.mlops.lifecycle.Receipt;
import dev.mlops.plan.Mode;
import dev.mlops.plan.RunReport;
import dev.mlops.platform.Ownership.Looked;
import dev.mlops.platform.Ownership.Owned;
import dev.mlops.platform.Platform;
import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "destroy",
    description = "Remove everything that mlops made, and prove that nothing is left.")
final class DestroyCommand implements Callable<Integer> {
  private static final String PRODUCTION = "prod";

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask. An environment called prod needs --confirm instead.")
  private boolean yes;

  @Option(
      names = "--confirm",
      paramLabel = "NAME",
      description = "Name of the environment, in place of typing it.")
  private String confirmed = "";

  private final Mlops mlops;

  DestroyCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    Project project = mlops.projectAsItRuns();
    Platform platform = mlops.platform(project);
    List<Looked> before = platform.ownership().survey();
    List<Owned> found = before.stream().flatMap(looked -> looked.found().stream()).toList();
    if (!found.isEmpty() && !agreed(project, platform, found)) {
      mlops.console().say("Nothing was removed.");
      return ExitCode.FAILED.status();
    }
    PlanRun run = new PlanRun(mlops.console(), project, platform);
    try (var _ = mlops.lock(project, "destroy")) {
      RunReport report = run.run(PowerRecipe.destroy(platform), Mode.APPLY);
      if (report.failure().isPresent()) {
        return run.finish(report, () -> run.view(report, Optional.empty(), List.of()));
      }
      Receipt receipt = receipt(project, platform, before);
      Optional<Path> file =
          receipt.priceBasis().isEmpty() ? Optional.empty() : Optional.of(receipt.write(project));
      return run.finish(
          report,
          () -> new DestroyView(run.view(report, Optional.empty(), List.of()), receipt, file));
    }
  }

  static Receipt receipt(Project project, Platform platform, List<Looked> before)
      throws InterruptedException {
    return new Receipt(
        project.environment(),
        platform.target(),
        Instant.now(),
        before,
        platform.ownership().survey(),
        platform.ownership().priceBasis());
  }

  private boolean agreed(Project project, Platform platform, List<Owned> found) {
    String environment = project.environment();
    if (environment.equals(confirmed)) {
      return true;
    }
    if (!confirmed.isEmpty()) {
      throw Code.USAGE.problem(
          "--confirm " + confirmed + " is not the environment " + environment,
          "",
          "mlops destroy --confirm " + environment);
    }
    boolean typed = environment.equals(PRODUCTION);
    if (yes && !typed) {
      return true;
    }
    Console console = mlops.console();
    console.say("This removes, of environment " + environment + " on " + platform.target() + ":");
    console.list(found);
    return typed
        ? console.confirm(
            "Type the environment's name to remove all of it:", environment, "--confirm prod")
        : console.confirm("Remove all of it? [yes/no]", "yes", "--yes");
  }
}
