package dev.mlops.ci;

import dev.mlops.config.Origin;
import dev.mlops.config.PlatformKind;
import dev.mlops.platform.Federation;
import dev.mlops.platform.Federation.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The runs of each environment on GitHub, before the platform that they deploy to.
 *
 * @param federations of environments of the config, by name
 */
public record Admissions(
    GitHub github, Delivery delivery, Function<String, Federation> federations) {
  /**
   * @param name of the environment on GitHub
   * @param environment of the config
   */
  public record Door(String name, Delivery.Place environment) {
    boolean isPreviews() {
      return name.equals(Setup.PREVIEWS);
    }
  }

  /**
   * Those that a token is asked for: on a cluster that the runner has a kubeconfig of its own for,
   * nobody logs in.
   */
  public List<Door> doors() throws InterruptedException {
    List<Door> doors = new ArrayList<>();
    Stream<Door> all =
        Stream.concat(
            delivery.places().stream().map(place -> new Door(place.environment(), place)),
            delivery.preview().stream().map(place -> new Door(Setup.PREVIEWS, place)));
    for (Door door : all.toList()) {
      PlatformKind platform = door.environment().platform();
      if (platform == PlatformKind.GCP
          || (platform == PlatformKind.KUBERNETES && !door.isPreviews() && hasServer(door))) {
        doors.add(door);
      }
    }
    return doors;
  }

  /** Who would not be let in, and what can't be told. */
  public List<Finding> findings() throws InterruptedException {
    Findings findings = new Findings();
    RunClaims claims = RunClaims.of(github);
    for (Door door : doors()) {
      Federation.Claims sent = claims.of(door.name());
      String run = "a run of environment " + door.name();
      switch (federation(door).judge(sent)) {
        case Verdict.Admitted _ -> {}
        case Verdict.Untold(String why) ->
            findings.warning(at(door), "subject", run + ": can't be told: " + why);
        case Verdict.Refused(List<String> expected, String next) ->
            findings.error(
                at(door),
                "subject",
                run
                    + " is not let in. GitHub sends "
                    + sent.subject()
                    + " (repository "
                    + sent.all().get("repository_id")
                    + "); expected: "
                    + String.join(", ", expected)
                    + "; "
                    + next);
      }
    }
    return findings.sorted();
  }

  public Federation federation(Door door) {
    return federations.apply(door.environment().environment());
  }

  private static Origin at(Door door) {
    return new Origin.Flag("--subject " + door.name());
  }

  private boolean hasServer(Door door) throws InterruptedException {
    return has("/actions/variables")
        || (github.find("/environments/" + door.name()).isPresent()
            && has("/environments/" + door.name() + "/variables"));
  }

  private boolean has(String path) throws InterruptedException {
    return github.list(path, "variables").stream()
        .anyMatch(variable -> variable.path("name").asText().equals("KUBE_SERVER"));
  }
}
