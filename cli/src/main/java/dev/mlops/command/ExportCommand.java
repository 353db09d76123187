package dev.mlops.command;

import dev.mlops.console.InitView;
import dev.mlops.console.StepList;
import dev.mlops.export.Format;
import dev.mlops.lifecycle.ExportRecipe;
import dev.mlops.lifecycle.Project;
import dev.mlops.plan.Mode;
import dev.mlops.plan.RunReport;
import dev.mlops.plan.Runner;
import dev.mlops.problem.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description =
        "Write what is running as a Kustomize folder or Helm chart that works without mlops.")
final class ExportCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Folder to write to; default: export/ENVIRONMENT-FORMAT in the project.")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "kustomize",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Format format;

  @Option(
      names = {"-f", "--force"},
      description = "Replace existing files that have different content.")
  private boolean force;

  private final Mlops mlops;

  ExportCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws InterruptedException {
    Project project = mlops.projectAsItRuns();
    Path usual = project.root().resolve("export").resolve(project.environment() + "-" + format);
    Path to = folder.map(named -> mlops.folder(named).toAbsolutePath().normalize()).orElse(usual);
    ExportRecipe.Export export =
        ExportRecipe.plan(
            project, mlops.platform(project), new ExportRecipe.Request(format, to, force));
    RunReport report;
    try (StepList steps = mlops.console().steps(export.init().plan().titles())) {
      report = new Runner(steps).run(export.init().plan(), Mode.APPLY);
    }
    PlanRun.throwIfFailed(report);
    mlops
        .console()
        .answer(new InitView(export.init().draft().get(), report, List.of(export.next())));
    return ExitCode.DONE.status();
  }
}
