package dev.mlops.command;

import dev.mlops.ci.Finding;
import dev.mlops.ci.WorkflowCheck;
import dev.mlops.console.WorkflowView;
import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import dev.mlops.problem.MlopsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "ci", description = "Look at the GitHub Actions workflows.")
final class CiCommand implements Callable<Integer> {
  private final Mlops mlops;

  CiCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  /** Without a verb of its own: what there is to ask. */
  @Override
  public Integer call() {
    return check(List.of());
  }

  @Command(
      name = "check",
      description =
          "Say what is wrong with a workflow: what GitHub would refuse, and what is not safe.")
  Integer check(
      @Parameters(
              paramLabel = "FILE",
              arity = "0..*",
              description = "Workflows; otherwise those in .github/workflows.")
          List<Path> named) {
    List<Path> files =
        named == null || named.isEmpty()
            ? WorkflowCheck.files(mlops.folder(Path.of("")).toAbsolutePath())
            : named.stream().map(mlops::folder).toList();
    if (files.isEmpty()) {
      throw Code.CI_NO_WORKFLOW.problem(
          "There is no workflow in .github/workflows", "", "mlops ci check FILE");
    }
    List<Finding> findings =
        files.stream().flatMap(file -> WorkflowCheck.check(file).stream()).toList();
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
}
