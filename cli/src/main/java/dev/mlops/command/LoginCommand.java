package dev.mlops.command;

import dev.mlops.ci.RunLogin;
import dev.mlops.config.Kubernetes;
import dev.mlops.console.LoginView;
import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "login",
    description = {
      "In a GitHub Actions job: let later steps use the cluster as this run, without a key.",
      "MLOPS_KUBE_SERVER and MLOPS_KUBE_CA say where it is."
    })
final class LoginCommand implements Callable<Integer> {
  @Option(
      names = "--registry",
      description = "Let later steps push to GitHub's registry, with the job's GITHUB_TOKEN.")
  private boolean registry;

  private final Mlops mlops;

  LoginCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() {
    Kubernetes kubernetes = mlops.projectAsItRuns().config().kubernetes();
    var login = new RunLogin(System.getenv());
    Path file =
        registry
            ? login.registry(host(kubernetes))
            : login.cluster(
                kubernetes.context().orElseThrow(LoginCommand::noContext),
                System.getProperty("mlops.command", "mlops"));
    mlops.console().answer(new LoginView(file));
    return ExitCode.DONE.status();
  }

  private static String host(Kubernetes kubernetes) {
    return kubernetes.registry().orElseThrow(LoginCommand::noContext).replaceFirst("/.*", "");
  }

  private static RuntimeException noContext() {
    return Code.USAGE.problem(
        "This environment's platform is not kubernetes",
        "kubernetes.context or kubernetes.registry is not set.",
        "mlops config show --explain");
  }
}
