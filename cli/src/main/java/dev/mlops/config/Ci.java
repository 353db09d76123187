package dev.mlops.config;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The GitHub Actions workflows. */
public record Ci(
    @Doc("Repository on GitHub, as owner/name; default: the git remote origin.")
        Optional<String> repository,
    @Doc("Branches whose pushes are deployed: each to the environment of its name, main to prod.")
        List<String> branches,
    @Doc("What your own cluster's API server calls a run: this, then its token's subject.")
        String userPrefix,
    @Doc("Previews of pull requests.") Preview preview)
    implements Checked {

  /** A deployment of a pull request, in a namespace of its own. */
  public record Preview(
      @Doc("The environment whose platform previews run on; default: dev, if there is one.")
          Optional<Name> environment,
      @Doc("A preview is removed if nobody has deployed to it for this long.") Duration age,
      @Doc("Whether it gets the load balancers, ingresses and gateways in the manifests.")
          @Written("public")
          Boolean isPublic,
      @Doc("The most pods it may have.") @Range(min = 1) Integer pods,
      @Doc("The most its pods may request in total.") Training.Amount requests) {
    private static final Duration WEEK = Duration.ofDays(7);

    public Preview {
      age = requireNonNullElse(age, WEEK);
      isPublic = requireNonNullElse(isPublic, false);
      pods = requireNonNullElse(pods, 10);
      requests = requests.or(Optional.of("2000m"), "4Gi");
    }
  }

  public Ci {
    userPrefix = requireNonNullElse(userPrefix, "https://token.actions.githubusercontent.com#");
    branches = branches == null ? List.of("main", "dev") : List.copyOf(branches);
  }

  @Override
  public List<Fault> faults() {
    return repository.filter(name -> !name.matches("[\\w.-]+/[\\w.-]+")).isPresent()
        ? List.of(new Fault("repository", "expected owner/name, got '" + repository.get() + "'"))
        : List.of();
  }
}
