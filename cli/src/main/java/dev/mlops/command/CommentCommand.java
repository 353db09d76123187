package dev.mlops.command;

import dev.mlops.ci.CiReport;
import dev.mlops.ci.GitHub;
import dev.mlops.ci.Reports;
import dev.mlops.ci.RequestComment;
import dev.mlops.config.MlopsConfig;
import dev.mlops.console.CommentView;
import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "comment",
    description = "Write the results of a run into mlops' comment on a pull request.")
final class CommentCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NUMBER", description = "Number of the pull request.")
  private int number;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      index = "1",
      description = "Folder with the run's JSON output.")
  private Optional<Path> folder = Optional.empty();

  @Option(names = "--remove", description = "Remove the comment.")
  private boolean remove;

  private final Mlops mlops;

  CommentCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (remove == folder.isPresent()) {
      throw Code.USAGE.problem("Name a folder, or --remove", "", "mlops ci comment --help");
    }
    MlopsConfig config = mlops.projectAsItRuns().config();
    GitHub github = GitHub.required(System.getenv(), config.ci().repository());
    var comment = new RequestComment(github, config.name().text(), number);
    RequestComment.Result result =
        remove ? comment.remove() : comment.put(report(mlops.folder(folder.orElseThrow())));
    mlops.console().answer(new CommentView(number, result));
    return ExitCode.DONE.status();
  }

  static String report(Path folder) {
    return new CiReport(Reports.in(folder)).markdown();
  }
}
