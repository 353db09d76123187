package dev.mlops.command;

import dev.mlops.ci.RunIdentity;
import dev.mlops.problem.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "token",
    description =
        "Print this run's token for a cluster, in the form that kubeconfigs expect (exec plugin).")
final class TokenCommand implements Callable<Integer> {
  @Parameters(paramLabel = "AUDIENCE", description = "Audience of the token.")
  private String audience = "";

  private final Mlops mlops;

  TokenCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws InterruptedException {
    mlops.console().raw(new RunIdentity(System.getenv()).execCredential(audience).toString());
    return ExitCode.DONE.status();
  }
}
