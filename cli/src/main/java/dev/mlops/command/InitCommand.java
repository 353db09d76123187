package dev.mlops.command;

import dev.mlops.config.Local;
import dev.mlops.config.Name;
import dev.mlops.console.ChangeFolder;
import dev.mlops.console.InitView;
import dev.mlops.console.StepList;
import dev.mlops.image.ImageReference;
import dev.mlops.lifecycle.InitRecipe;
import dev.mlops.lifecycle.InitRequest;
import dev.mlops.lifecycle.ObserveRecipe;
import dev.mlops.plan.Mode;
import dev.mlops.plan.RunReport;
import dev.mlops.plan.Runner;
import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import dev.mlops.problem.MlopsException;
import dev.mlops.scaffold.Beginning;
import dev.mlops.scaffold.Scraping;
import dev.mlops.training.Installation;
import dev.mlops.training.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "init",
    description = {
      "Create a project: config, data, Kubernetes manifests, load-test plan.",
      "Without --data, it uses the Iris flowers. Never overwrites your files; safe to repeat."
    })
final class InitCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Project folder; default: the current folder.")
  private Path folder = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Project name; default: the folder's name.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "A CSV file with a header; column types and the task are inferred from it.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description = "Column of --data to predict; default: the last one that can be predicted.")
  private Optional<String> target = Optional.empty();

  @Option(
      names = "--onnx",
      paramLabel = "FILE",
      description =
          "Serve a trained model in ONNX format; --data and --target are used to judge it.")
  private Optional<Path> onnx = Optional.empty();

  @Option(
      names = "--image",
      paramLabel = "REFERENCE",
      description = "Deploy your own service; nothing is trained or built.")
  private Optional<String> image = Optional.empty();

  @Option(
      names = "--observability",
      description =
          "Also write a dashboard, alerts and what Prometheus needs to find the replicas. In an"
              + " existing project, only these are added.")
  private boolean observability;

  @Option(
      names = "--scraping",
      paramLabel = "HOW",
      description =
          "How Prometheus finds them: ${COMPLETION-CANDIDATES}. Default: podmonitoring on platform gcp,"
              + " otherwise annotations. Implies --observability.")
  private Optional<Scraping> scraping = Optional.empty();

  @Option(
      names = "--traces",
      description =
          "In an existing project: let the pods reach the collector named in the config through"
              + " the NetworkPolicy in the manifests. --observability does this too.")
  private boolean traces;

  @Option(
      names = {"-f", "--force"},
      description = "Replace existing files that have different content.")
  private boolean force;

  private static final String CONFIG = "mlops.yaml";

  private final Mlops mlops;

  InitCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws InterruptedException {
    Path project = mlops.folder(folder).toAbsolutePath().normalize();
    InitRecipe.Init init = plan(project);
    RunReport report;
    try (StepList steps = mlops.console().steps(init.plan().titles())) {
      report = new Runner(steps).run(init.plan(), Mode.APPLY);
    }
    PlanRun.throwIfFailed(report);
    mlops.console().answer(new InitView(init.draft().get(), report, next(project)));
    return ExitCode.DONE.status();
  }

  private InitRecipe.Init plan(Path project) {
    boolean asked = name.isPresent() || data.isPresent() || onnx.isPresent() || image.isPresent();
    Optional<Scraping> how = observability ? Optional.of(Scraping.ANNOTATIONS) : Optional.empty();
    Optional<Scraping> wanted = scraping.or(() -> how);
    boolean there = !asked && Files.exists(project.resolve(CONFIG));
    if (traces && wanted.isEmpty()) {
      if (!there) {
        throw usage("--traces is for a project that is there", "Its config names the collector.");
      }
      return ObserveRecipe.traces(mlops.projects(project).asItRuns());
    }
    if (wanted.isPresent() && there) {
      return ObserveRecipe.plan(mlops.projects(project).asItRuns(), scraping, force);
    }
    if (wanted.isPresent() && image.isPresent()) {
      throw ObserveRecipe.notOurs();
    }
    var request = new InitRequest(project, name.map(this::parsed), beginning(), wanted, force);
    return InitRecipe.plan(request, new ServiceProcess(Installation.locate()));
  }

  private Beginning beginning() {
    if (image.isPresent() && (data.isPresent() || onnx.isPresent())) {
      throw usage("--image excludes --data and --onnx", "A project has one model.");
    }
    if (onnx.isPresent() && data.isPresent() && target.isEmpty()) {
      throw usage("--onnx with --data needs --target", "The model is judged by that column.");
    }
    if (target.isPresent() && data.isEmpty()) {
      throw usage("--target is a column of --data", "There is no --data.");
    }
    if (image.isPresent()) {
      if (!Files.exists(Path.of(image.get()))) {
        ImageReference.parse(image.get());
      }
      return new Beginning.OwnImage(image.get());
    }
    Optional<Beginning.Table> table =
        data.map(file -> new Beginning.Table(absolute(file), target.orElse("")));
    if (onnx.isPresent()) {
      return new Beginning.Onnx(absolute(onnx.get()), table);
    }
    return table.isPresent() ? table.get() : new Beginning.Iris(Local.DEFAULT_PORT);
  }

  private static Path absolute(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private Name parsed(String text) {
    try {
      return new Name(text);
    } catch (IllegalArgumentException e) {
      throw usage(
          "--name " + text + " is not a valid name: " + e.getMessage(), "It names every resource.");
    }
  }

  private static MlopsException usage(String message, String why) {
    return Code.USAGE.problem(message, why, "mlops init --help");
  }

  private static List<String> next(Path project) {
    List<String> next = new ArrayList<>();
    Path here = Path.of("").toAbsolutePath();
    if (!project.equals(here)) {
      next.add(ChangeFolder.command(here, project));
    }
    next.addAll(List.of("mlops plan", "mlops up"));
    return next;
  }
}
