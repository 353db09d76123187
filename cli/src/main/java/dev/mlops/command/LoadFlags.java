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
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The options of `mlops loadtest` that go over the plan's keys. */
final class LoadFlags {
  @Option(
      names = {"-u", "--users"},
      paramLabel = "N",
      description = "Concurrent users, each with its own connection; 1..100 for a ramp.")
  private Optional<String> users = Optional.empty();

  @Option(names = "--spawn-rate", paramLabel = "N", description = "Users to start per second.")
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
          "Requests per second instead of users, such as 500, 100..500, or '100/30s, 2000/10s'.")
  private Optional<String> rate = Optional.empty();

  @Option(
      names = {"-d", "--duration"},
      paramLabel = "TIME",
      description = "How long to measure, such as 30s or 10m.")
  private Optional<Duration> duration = Optional.empty();

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      description = "How long to run the load before anything counts.")
  private Optional<Duration> warmUp = Optional.empty();

  @Option(
      names = "--gate",
      paramLabel = "EXPRESSION",
      description =
          "Objective to meet, such as 'p95<200ms', 'errors<1%%', 'rps>500' or 'p95<1s each 10s'.")
  private List<String> gates = new ArrayList<>();

  @Option(
      names = "--abort-on",
      paramLabel = "EXPRESSION",
      description = "Like --gate, but the test ends as soon as it is missed.")
  private List<String> abortOn = new ArrayList<>();

  @Option(names = "--insecure", description = "Don't check the certificate of an https target.")
  private boolean insecure;

  LoadOverrides overrides() {
    try {
      return new LoadOverrides(
          users.map(text -> parsed("--users", text, Profile::parse)),
          rate.map(text -> parsed("--rate", text, Profile::parse)),
          spawnRate,
          waitTime.map(text -> parsed("--wait", text, Wait::parse)),
          duration,
          warmUp,
          gates.stream().map(text -> parsed("--gate", text, Gate::parse)).toList(),
          abortOn.stream().map(text -> parsed("--abort-on", text, Gate::parse)).toList(),
          insecure);
    } catch (IllegalArgumentException e) {
      throw Code.USAGE.problem(e.getMessage(), "", "mlops loadtest --help");
    }
  }

  private static <T> T parsed(String flag, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(flag + ": " + e.getMessage(), e);
    }
  }
}
