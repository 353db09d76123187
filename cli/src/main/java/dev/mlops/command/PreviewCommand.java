package dev.mlops.command;

import dev.mlops.config.Durations;
import dev.mlops.console.DestroyView;
import dev.mlops.console.PreviewsView;
import dev.mlops.console.StatusView;
import dev.mlops.lifecycle.DeployRecipe;
import dev.mlops.lifecycle.PowerRecipe;
import dev.mlops.lifecycle.Project;
import dev.mlops.lifecycle.Receipt;
import dev.mlops.plan.Mode;
import dev.mlops.plan.RunReport;
import dev.mlops.platform.Ownership.Looked;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Releases.Revision;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "preview",
    description = "Deploy pull requests, each in its own namespace, pr-NUMBER.")
final class PreviewCommand implements Callable<Integer> {
  private final Mlops mlops;

  PreviewCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() {
    throw Code.USAGE.problem("What of the previews?", "", "mlops ci preview --help");
  }

  @Command(
      name = "up",
      description =
          "Train, build, deploy and verify a pull request, within the limits of ci.preview.")
  Integer up(
      @Parameters(paramLabel = "NUMBER", description = "Number of the pull request.") int number)
      throws Exception {
    return mlops.change(
        "preview",
        mlops
            .projects()
            .preview(checked(number), Previews.environment(mlops), /* withFiles= */ true),
        (project, platform) -> DeployRecipe.fromData(project, platform),
        "mlops ci preview down " + number);
  }

  @Command(name = "status", description = "Show what is running for a pull request.")
  Integer status(
      @Parameters(paramLabel = "NUMBER", description = "Number of the pull request.") int number) {
    Project project = asItRuns(checked(number));
    Platform platform = mlops.platform(project);
    Status status = platform.workloads().status();
    mlops
        .console()
        .answer(
            new StatusView(
                project.environment(),
                platform.kind(),
                platform.target(),
                project.config().image().repository(),
                status,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of()));
    return ExitCode.DONE.status();
  }

  @Command(name = "down", description = "Remove a pull request's preview, if there is one.")
  Integer down(
      @Parameters(paramLabel = "NUMBER", description = "Number of the pull request.") int number)
      throws Exception {
    Project project = asItRuns(checked(number));
    Platform platform = mlops.platform(project);
    List<Looked> before = platform.ownership().survey();
    PlanRun run = new PlanRun(mlops.console(), project, platform);
    RunReport report = remove(run);
    if (report.failure().isPresent()) {
      return run.finish(report, () -> run.view(report, Optional.empty(), List.of()));
    }
    Receipt receipt =
        DestroyCommand.receipt(project, platform.target(), platform.ownership(), before);
    return run.finish(
        report,
        () ->
            new DestroyView(
                run.view(report, Optional.empty(), List.of()), receipt, Optional.empty()));
  }

  @Command(
      name = "expire",
      description = "Remove previews that nobody has deployed to for too long.")
  Integer expire(
      @Option(
              names = "--older-than",
              paramLabel = "TIME",
              description = "Age such as 24h; default: ci.preview.age.")
          Duration older)
      throws Exception {
    String environment = Previews.environment(mlops);
    Project base = asItRuns(1);
    Duration age = older == null ? base.config().ci().preview().age() : older;
    List<PreviewsView.Preview> seen = new ArrayList<>();
    for (String name : mlops.platform(base).ownership().environments()) {
      OptionalInt number = Previews.number(name);
      if (number.isPresent()) {
        Project project =
            mlops.projects().preview(number.getAsInt(), environment, /* withFiles= */ false);
        seen.add(expire(project, age));
      }
    }
    mlops.console().answer(new PreviewsView(Durations.format(age), seen));
    return ExitCode.DONE.status();
  }

  private PreviewsView.Preview expire(Project project, Duration age) throws InterruptedException {
    Platform platform = mlops.platform(project);
    Optional<Instant> since =
        platform.releases().list().stream().findFirst().flatMap(Revision::since);
    // What never came up is nobody's: it has no release, and goes.
    boolean old = since.map(at -> at.plus(age).isBefore(Instant.now())).orElse(true);
    if (old) {
      PlanRun.throwIfFailed(remove(new PlanRun(mlops.console(), project, platform)));
    }
    return new PreviewsView.Preview(project.environment(), since, old);
  }

  private RunReport remove(PlanRun run) throws InterruptedException {
    try (var _ = mlops.lock(run.project(), "preview")) {
      return run.run(PowerRecipe.destroy(run.platform().ownership()), Mode.APPLY);
    }
  }

  private Project asItRuns(int number) {
    return mlops.projects().preview(number, Previews.environment(mlops), /* withFiles= */ false);
  }

  private static int checked(int number) {
    if (Previews.number(Previews.name(number)).isEmpty()) {
      throw Code.USAGE.problem(
          number + " is not the number of a pull request", "", "mlops ci preview --help");
    }
    return number;
  }
}
