package dev.mlops.command;

import dev.mlops.console.OpenView;
import dev.mlops.dashboard.DashboardPage;
import dev.mlops.dashboard.Watch;
import dev.mlops.lifecycle.Project;
import dev.mlops.platform.Forwards;
import dev.mlops.platform.Platform;
import dev.mlops.problem.ExitCode;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "open",
    description = {
      "Print the service's address; if it has none, forward a port of this machine to it.",
      "A forwarded port stays open until Ctrl-C, and moves on if a replica is replaced.",
      "`open dashboard` serves a page on this machine until Ctrl-C."
    })
final class OpenCommand implements Callable<Integer> {
  /** What there is to look at. */
  enum What {
    service,
    dashboard
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "WHAT",
      defaultValue = "service",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private What what;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Forward this port of this machine, even if the service has an address.")
  private Optional<Integer> port = Optional.empty();

  private final Mlops mlops;

  OpenCommand(Mlops mlops) {
    this.mlops = mlops;
  }

  @Override
  public Integer call() throws Exception {
    return Mlops.untilInterrupted(this::open);
  }

  private int open() throws InterruptedException {
    Project project = mlops.projectAsItRuns();
    Platform platform = mlops.platform(project);
    return switch (what) {
      case service -> service(project, platform);
      case dashboard -> dashboard(project, platform);
    };
  }

  private int dashboard(Project project, Platform platform) throws InterruptedException {
    platform.workloads().status().requireRunning();
    String title = project.config().name().text() + ", " + project.environment();
    try (var page =
        DashboardPage.open(
            new Watch(platform.workloads()), title, port.orElse(Forwards.FREE_PORT))) {
      answer(project, platform, page.address(), true);
      Thread.sleep(Long.MAX_VALUE);
      return ExitCode.DONE.status();
    }
  }

  private int service(Project project, Platform platform) throws InterruptedException {
    Optional<URI> address =
        platform.workloads().status().requireRunning().endpoint().filter(_ -> port.isEmpty());
    if (address.isPresent()) {
      answer(project, platform, address.get(), false);
      return ExitCode.DONE.status();
    }
    try (var forward =
        platform.forwards().open(port.orElse(Forwards.FREE_PORT), mlops.console()::say)) {
      answer(project, platform, forward.address(), true);
      Thread.sleep(Long.MAX_VALUE);
      return ExitCode.DONE.status();
    }
  }

  private void answer(Project project, Platform platform, URI address, boolean forwarded) {
    mlops
        .console()
        .answer(new OpenView(project.environment(), platform.kind(), address, forwarded));
  }
}
