package dev.mlops.config;

import java.util.List;
import java.util.Optional;

/** The GitHub Actions workflows. */
public record Ci(
    @Doc("Repository on GitHub, as owner/name.") Optional<String> repository,
    @Doc("Branches whose pushes are deployed.") List<String> branches)
    implements Checked {
  public Ci {
    branches = branches == null ? List.of("main") : List.copyOf(branches);
  }

  @Override
  public List<Fault> faults() {
    return repository.filter(name -> !name.matches("[\\w.-]+/[\\w.-]+")).isPresent()
        ? List.of(new Fault("repository", "expected owner/name, got '" + repository.get() + "'"))
        : List.of();
  }
}
