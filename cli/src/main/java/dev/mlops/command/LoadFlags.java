package dev.mlops.command;

import dev.mlops.loadtest.Gate;
import dev.mlops.loadtest.LoadOverrides;
import dev.mlops.loadtest.Profile;
import dev.mlops.loadtest.Wait;
import dev.mlops.problem.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of `mlops loadtest` that go over the plan's keys. */
final class LoadFlags {
  @Option(
      names = {"-u", "--users"},
      paramLabel = "N",
      description = "Users at once, each with a connection of its own; 1..100 for a ramp.")
  private Optional<String> users = Optional.empty();

  @Option(names = "--spawn-rate", paramLabel = "N", description = "Users that start each second.")
  private Optional<Double> spawnRate = Optional.empty();

  @Option(
      names = "--wait",
      paramLabel = "MIN..MAX",
      description = "How long a user waits after an answer, such as 0.5s..2.5s, or 'every 2s'.")
  private Optional<String> waitTime = Optional.empty();

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Requests a second in place of users, such as 500, 100..500, or '100/30s, 2000/10s'.")
  private Optional<String> rate = Optional.empty();

  @Option(
      names = {"-d", "--duration"},
      paramLabel = "TIME",
      description = "How long is measured, such as 30s or 10m.")
  private Optional<Duration> duration = Optional.empty();

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      description = "How long load runs before anything counts.")
  private Optional<Duration> warmUp = Optional.empty();

  @Option(
      names = "--gate",
      paramLabel = "EXPRESSION",
      description =
          "What has to hold, such as 'p95<200ms', 'errors<1%%', 'rps>500' or 'p95<1s each 10s'.")
  private List<String> gates = new ArrayList<>();

  @Option(
      names = "--abort-on",
      paramLabel = "EXPRESSION",
      description = "The same, and the test ends as soon as it does not hold.")
  private List<String> abortOn = new ArrayList<>();

  @Option(names = "--insecure", description = "Don't check the certificate of an https target.")
  private boolean insecure;

  LoadOverrides overrides() {
    try {
      return new LoadOverrides(
          users.map(Profile::parse),
          rate.map(Profile::parse),
          spawnRate,
          waitTime.map(Wait::parse),
          duration,
          warmUp,
          gates.stream().map(Gate::parse).toList(),
          abortOn.stream().map(Gate::parse).toList(),
          insecure);
    } catch (IllegalArgumentException e) {
      throw Code.USAGE.problem(e.getMessage(), "", "mlops loadtest --help");
    }
  }
}
