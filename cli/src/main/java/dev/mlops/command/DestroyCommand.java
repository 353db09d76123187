package dev.mlops.command;

import dev.mlops.console.Console;
import dev.mlops.console.DestroyView;
import dev.mlops.lifecycle.PowerRecipe;
import dev.mlops.lifecycle.Project;
import dev.mlops.lifecycle.Receipt;
import dev.mlops.plan.Mode;
import dev.mlops.plan.RunReport;
import dev.mlops.platform.Ownership;
import dev.mlops.platform.Ownership.Looked;
import dev.mlops.platform.Ownership.Owned;
import dev.mlops.platform.Platform;
import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import dev.mlops.problem.MlopsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "destroy",
    description = "Remove everything that mlops made, and prove that nothing is left.")
final class DestroyCommand implements Callable<Integer> {
  private static final String PRODUCTION = "prod";

  @Option(
      names = {"-y", "--yes"},
      description =
          "Don't ask for confirmation. An environment called prod needs --confirm instead.")
  private boolean yes;

  @Option(
      names = "--confirm",
      paramLabel = "NAME",
      description = "Name of the environment, instead of typing it when asked.")
  private String confirmed = "";

  @Option(
      names = "--in-use",
      description =
          "Also remove what something else is still using, such as images that another cluster"
              + " runs. Without it you are asked.")
  private boolean inUse;

  private final Mlops mlops;

  DestroyCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    Project project = mlops.projectAsItRuns();
    Platform platform = mlops.platform(project);
    Ownership ownership = platform.ownership();
    if (isInUseToGo(ownership.inUse())) {
      ownership = ownership.withInUse();
    }
    List<Looked> before = ownership.survey();
    List<Owned> found = before.stream().flatMap(looked -> looked.found().stream()).toList();
    if (!found.isEmpty() && !agreed(project, platform, found)) {
      mlops.console().say("Nothing was removed.");
      return ExitCode.FAILED.status();
    }
    PlanRun run = new PlanRun(mlops.console(), project, platform);
    try (var _ = mlops.lock(project, "destroy")) {
      RunReport report = run.run(PowerRecipe.destroy(ownership), Mode.APPLY);
      if (report.failure().isPresent()) {
        return run.finish(report, () -> run.view(report, Optional.empty(), List.of()));
      }
      return finish(run, report, receipt(project, platform.target(), ownership, before));
    }
  }

  /** A receipt that leaves something open is no proof, and says so by its exit code. */
  private int finish(PlanRun run, RunReport report, Receipt receipt) {
    Optional<Path> file =
        receipt.priceBasis().isEmpty()
            ? Optional.empty()
            : Optional.of(receipt.write(run.project()));
    var view = new DestroyView(run.view(report, Optional.empty(), List.of()), receipt, file);
    if (receipt.unseen().isEmpty()) {
      return run.finish(report, () -> view);
    }
    MlopsException incomplete =
        Code.NOT_LOOKED_AT.problem(
            "Not everything could be looked at",
            receipt.unseen().stream()
                .map(kind -> kind.kind() + ": " + kind.unseen())
                .collect(Collectors.joining("\n")),
            "mlops destroy, by somebody who may see it");
    mlops.console().judge(view, incomplete);
    return incomplete.exitCode().status();
  }

  static Receipt receipt(Project project, String target, Ownership ownership, List<Looked> before)
      throws InterruptedException {
    return new Receipt(
        project.environment(),
        target,
        Instant.now(),
        before,
        ownership.survey(),
        ownership.priceBasis());
  }

  /** Without a terminal it stays, and the receipt says so: `--yes` does not speak for others. */
  private boolean isInUseToGo(List<Owned> things) throws InterruptedException {
    if (things.isEmpty() || inUse || yes || !confirmed.isEmpty() || !mlops.console().canAsk()) {
      return inUse;
    }
    mlops.console().say("Something else is still using:");
    mlops.console().list(things);
    return mlops.console().confirm("Remove it all the same? [yes/no]", "yes", "--in-use");
  }

  private boolean agreed(Project project, Platform platform, List<Owned> found)
      throws InterruptedException {
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
    console.say("This removes from environment " + environment + " on " + platform.target() + ":");
    console.list(found);
    return typed
        ? console.confirm(
            "Type the environment's name to remove all of it:", environment, "--confirm prod")
        : console.confirm("Remove all of it? [yes/no]", "yes", "--yes");
  }
}
