package dev.mlops.command;

import dev.mlops.config.Port;
import dev.mlops.console.DemoView;
import dev.mlops.console.StepList;
import dev.mlops.lifecycle.DemoRecipe;
import dev.mlops.lifecycle.InitRecipe;
import dev.mlops.lifecycle.InitRequest;
import dev.mlops.lifecycle.Project;
import dev.mlops.plan.Mode;
import dev.mlops.plan.RunReport;
import dev.mlops.plan.Runner;
import dev.mlops.platform.Platform;
import dev.mlops.scaffold.Beginning;
import dev.mlops.training.Installation;
import dev.mlops.training.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "demo",
    description = {
      "Run the whole life cycle on this machine, with a real data set.",
      "Init, train, build, deploy, verify, load test. The service keeps running. Safe to repeat."
    })
final class DemoCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "mlops-demo",
      description = "Project folder; default: ${DEFAULT-VALUE}.")
  private Path folder;

  private final Mlops mlops;

  DemoCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    Path here = mlops.folder(folder).toAbsolutePath().normalize();
    writeProject(here);
    Project project = mlops.projects(here).withFiles();
    Platform platform = mlops.platform(project);
    PlanRun run = new PlanRun(mlops.console(), project, platform);
    try (var _ = mlops.lock(project, "demo")) {
      DemoRecipe.Demo demo = DemoRecipe.plan(project, platform, mlops.console().loadDisplay());
      RunReport report = run.run(demo.plan(), Mode.APPLY);
      return run.finish(
          report,
          () ->
              new DemoView(
                  here,
                  demo.model().get(),
                  demo.image().get(),
                  run.view(report, List.of()),
                  demo.load().get()));
    }
  }

  private void writeProject(Path here) throws InterruptedException {
    if (Files.exists(here.resolve("mlops.yaml"))) {
      mlops.console().say("going on with the project in " + here);
      return;
    }
    mlops.console().say("the demo lives in " + here);
    Port port = DemoRecipe.freePort();
    var request =
        new InitRequest(here, Optional.empty(), new Beginning.Iris(port), Optional.empty(), false);
    InitRecipe.Init init = InitRecipe.plan(request, new ServiceProcess(Installation.locate()));
    RunReport report = new Runner(StepList.NOTHING).run(init.plan(), Mode.APPLY);
    PlanRun.throwIfFailed(report);
    mlops.console().say("wrote a project of " + report.changed() + " files, port " + port);
  }
}
