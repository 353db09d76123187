package dev.mlops.config;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The GitHub Actions workflows. */
public record Ci(
    @Doc("Repository on GitHub, as owner/name; left out, what git says of origin.")
        Optional<String> repository,
    @Doc("Branches whose pushes are deployed: each to the environment of its name, main to prod.")
        List<String> branches,
    @Doc("How the API server of a cluster of your own calls a run: this, then its token's subject.")
        String userPrefix,
    @Doc("What a pull request gets.") Preview preview)
    implements Checked {

  /** A deployment of a pull request, in a namespace of its own. */
  public record Preview(
      @Doc("The environment whose platform previews run on; left out, dev if there is one.")
          Optional<Name> environment,
      @Doc("When nobody has deployed to a preview for so long, it is removed.") Duration age,
      @Doc("Whether it gets the load balancers, ingresses and gateways of the manifests.")
          @Written("public")
          Boolean isPublic,
      @Doc("The most pods that it may have.") @Range(min = 1) Integer pods,
      @Doc("The most that its pods may request together.") Training.Amount requests) {
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
