package dev.mlops.config;

import static java.util.Objects.requireNonNullElse;

import java.util.Optional;

/** Platform gcp: Google Kubernetes Engine. */
public record Gcp(
    @Doc("Project id.") Optional<String> project,
    @Doc("Region or zone.") String location,
    @Doc("The cluster.") Cluster cluster,
    @Doc("Repository of Artifact Registry.") String repository) {

  /** The two modes of GKE. */
  public enum ClusterKind {
    STANDARD,
    AUTOPILOT
  }

  /** The cluster. */
  public record Cluster(
      @Doc("standard: nodes that you pay for. autopilot: pods that you pay for.") ClusterKind kind,
      @Doc("Name of the cluster.") Name name) {
    public Cluster {
      kind = requireNonNullElse(kind, ClusterKind.STANDARD);
      name = requireNonNullElse(name, new Name("mlops-standard"));
    }
  }

  public Gcp {
    location = requireNonNullElse(location, "us-central1");
    repository = requireNonNullElse(repository, "mlops-images");
  }
}
