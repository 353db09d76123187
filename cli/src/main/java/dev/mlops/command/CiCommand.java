package dev.mlops.command;

import dev.mlops.ci.Admissions;
import dev.mlops.ci.Delivery;
import dev.mlops.ci.Finding;
import dev.mlops.ci.GitHub;
import dev.mlops.ci.RepositoryCheck;
import dev.mlops.ci.StampedFile;
import dev.mlops.ci.ToolPin;
import dev.mlops.ci.WorkflowCheck;
import dev.mlops.ci.Workflows;
import dev.mlops.console.WorkflowFilesView;
import dev.mlops.console.WorkflowView;
import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import dev.mlops.problem.MlopsException;
import dev.mlops.training.Installation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ci",
    description =
        "Deploy from GitHub: write, set up and check workflows for pushes and pull requests.")
final class CiCommand implements Callable<Integer> {
  private final Mlops mlops;

  private CiCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  static CommandLine line(Mlops mlops) {
    return new CommandLine(new CiCommand(mlops))
        .addSubcommand(new CommentCommand(mlops))
        .addSubcommand(new PreviewCommand(mlops))
        .addSubcommand(new SetupCommand(mlops))
        .addSubcommand(new LoginCommand(mlops))
        .addSubcommand(new TokenCommand(mlops));
  }

  /** Without a verb of its own: what there is to ask. */
  @Override
  public Integer call() throws InterruptedException {
    return check(List.of(), false, null);
  }

  @Command(
      name = "init",
      description = {
        "Write .github/workflows and mlopsw for the branches and platforms in the config.",
        "Files that you have changed are not overwritten: you see the difference, exit code 3."
      })
  Integer init(
      @Option(
              names = {"-f", "--force"},
              description = "Replace files that you have changed.")
          boolean force) {
    Delivery delivery = Delivery.of(mlops.source());
    Path project = mlops.projectAsItRuns().root();
    List<StampedFile.Result> results = new ArrayList<>();
    var pin = new ToolPin(Installation.locate().home());
    Workflows.of(delivery, pin)
        .forEach((path, text) -> results.add(new StampedFile(project, path, text).write(force)));
    mlops.console().answer(new WorkflowFilesView(project, delivery, results, pin.releases()));
    boolean differs = results.stream().anyMatch(r -> r.outcome() == StampedFile.Outcome.KEPT);
    return (differs ? ExitCode.DIFFERENCES : ExitCode.DONE).status();
  }

  @Command(
      name = "check",
      description = "Check workflows for what GitHub would refuse and for what is not safe.")
  Integer check(
      @Parameters(
              paramLabel = "FILE",
              arity = "0..*",
              description = "Workflow files; default: those in .github/workflows.")
          List<Path> named,
      @Option(
              names = "--github",
              description = "Also ask GitHub which variables are set; needs GITHUB_TOKEN.")
          boolean gitHub,
      @Option(
              names = "--subject",
              paramLabel = "SUBJECT",
              arity = "0..1",
              fallbackValue = "",
              description = {
                "Ask GitHub what identity the runs have, and each environment's platform whether it lets them in;",
                "or check whether GitHub sends this subject. Needs GITHUB_TOKEN."
              })
          String subject)
      throws InterruptedException {
    List<Path> files =
        named == null || named.isEmpty()
            ? WorkflowCheck.files(mlops.folder(Path.of("")).toAbsolutePath())
            : named.stream().map(mlops::folder).toList();
    if (files.isEmpty()) {
      throw Code.CI_NO_WORKFLOW.problem(
          "There is no workflow in .github/workflows", "", "mlops ci check FILE");
    }
    List<Finding> findings = new ArrayList<>();
    files.forEach(file -> findings.addAll(WorkflowCheck.check(file)));
    if (gitHub || subject != null) {
      findings.addAll(asked(files, Optional.ofNullable(subject)));
    }
    var view =
        new WorkflowView(
            files.stream().map(file -> file.getFileName().toString()).toList(), findings);
    Optional<MlopsException> broken = WorkflowCheck.broken(findings);
    if (broken.isPresent()) {
      mlops.console().judge(view, broken.get());
      return ExitCode.FAILED.status();
    }
    mlops.console().answer(view);
    return ExitCode.DONE.status();
  }

  /** What only GitHub knows. */
  private List<Finding> asked(List<Path> files, Optional<String> subject)
      throws InterruptedException {
    GitHub github =
        GitHub.required(System.getenv(), mlops.projectAsItRuns().config().ci().repository());
    var check = new RepositoryCheck(github, Delivery.of(mlops.source()));
    List<Finding> findings = new ArrayList<>(check.variables(files));
    if (subject.filter(String::isEmpty).isPresent()) {
      findings.addAll(
          new Admissions(github, Delivery.of(mlops.source()), mlops::federation).findings());
    } else if (subject.isPresent()) {
      findings.addAll(check.subject(subject.get()));
    }
    return findings;
  }

  @Command(
      name = "summary",
      description = "Print the results of a run, as Markdown for GITHUB_STEP_SUMMARY.")
  Integer summary(
      @Parameters(paramLabel = "DIR", description = "Folder with the run's JSON output.")
          Path folder) {
    CommentCommand.report(mlops.folder(folder)).lines().forEach(mlops.console()::raw);
    return ExitCode.DONE.status();
  }
}
