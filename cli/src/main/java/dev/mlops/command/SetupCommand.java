package dev.mlops.command;

import dev.mlops.ci.Admissions;
import dev.mlops.ci.Delivery;
import dev.mlops.ci.GitHub;
import dev.mlops.ci.Kubeconfig;
import dev.mlops.ci.RepositorySetup;
import dev.mlops.ci.RunAccessSetup;
import dev.mlops.config.Kubernetes;
import dev.mlops.config.LoadedConfig;
import dev.mlops.config.PlatformKind;
import dev.mlops.console.SetupView;
import dev.mlops.problem.Code;
import dev.mlops.problem.ExitCode;
import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "setup",
    description = {
      "Compare the repository's environments and variables on GitHub with what the workflows need.",
      "The token comes from GITHUB_TOKEN or GH_TOKEN; nothing is changed without --write."
    })
final class SetupCommand implements Callable<Integer> {
  @Option(names = "--write", description = "Create what is missing.")
  private boolean write;

  @Option(
      names = "--var",
      paramLabel = "NAME=VALUE",
      description =
          "A variable's value; by default those of clusters and Google Cloud are looked up.")
  private Map<String, String> values = new LinkedHashMap<>();

  private final Mlops mlops;

  SetupCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws InterruptedException {
    Delivery delivery = Delivery.of(mlops.source());
    refuseUnknown(delivery);
    GitHub github =
        GitHub.required(System.getenv(), mlops.projectAsItRuns().config().ci().repository());
    var setup = new RepositorySetup(github, delivery);
    var access = new RunAccessSetup(new Admissions(github, delivery, mlops::federation));
    RepositorySetup.Result result = write ? setup.write(allValues(delivery)) : setup.look();
    List<RepositorySetup.Item> admitted =
        write ? access.write(mlops.console()::say) : access.look();
    mlops.console().answer(new SetupView(result.and(admitted)));
    return ExitCode.DONE.status();
  }

  private void refuseUnknown(Delivery delivery) {
    for (String name : values.keySet()) {
      if (!RepositorySetup.names(delivery).contains(name)) {
        throw Code.USAGE.problem(
            "No workflow of this project reads a variable " + name,
            "They read: " + String.join(", ", RepositorySetup.names(delivery)),
            "mlops ci setup --help");
      }
    }
  }

  /** What the user says goes over what an environment's kubeconfig says. */
  private Map<String, Map<String, String>> allValues(Delivery delivery)
      throws InterruptedException {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    for (Delivery.Place place : delivery.places()) {
      all.put(place.environment(), of(place));
    }
    if (delivery.preview().isPresent()) {
      all.put(RepositorySetup.PREVIEWS, of(delivery.preview().get()));
    }
    return all;
  }

  private Map<String, String> of(Delivery.Place place) throws InterruptedException {
    Map<String, String> all = new LinkedHashMap<>(cluster(place.environment()));
    if (place.platform() == PlatformKind.GCP) {
      all.putAll(mlops.federation(place.environment()).variables());
    }
    all.putAll(values);
    return all;
  }

  private Map<String, String> cluster(String environment) {
    LoadedConfig loaded = mlops.projectAsItRuns(environment).loaded();
    Kubernetes kubernetes = loaded.config().kubernetes();
    if (kubernetes.context().isEmpty()) {
      return Map.of();
    }
    List<Path> files =
        kubernetes
            .kubeconfig()
            .map(loaded::resolve)
            .map(List::of)
            .orElseGet(() -> usual(System.getenv("KUBECONFIG")));
    return Kubeconfig.variables(files, kubernetes.context().get());
  }

  /** It may list several. */
  private static List<Path> usual(String listed) {
    return listed == null || listed.isBlank()
        ? List.of(Path.of(System.getProperty("user.home"), ".kube", "config"))
        : Pattern.compile(Pattern.quote(File.pathSeparator))
            .splitAsStream(listed)
            .filter(name -> !name.isBlank())
            .map(Path::of)
            .toList();
  }
}
