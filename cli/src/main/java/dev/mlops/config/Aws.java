package dev.mlops.config;

import static java.util.Objects.requireNonNullElse;

/** Platform aws: Elastic Kubernetes Service. */
public record Aws(
    @Doc("Region.") String region,
    @Doc("The cluster.") Cluster cluster,
    @Doc("Repository in Elastic Container Registry.") String repository) {

  /** Who runs the pods. */
  public enum ClusterKind {
    NODES,
    FARGATE
  }

  /** The cluster. */
  public record Cluster(
      @Doc("nodes: a managed node group. fargate: no nodes of your own.") ClusterKind kind,
      @Doc("Name of the cluster.") Name name) {
    public Cluster {
      kind = requireNonNullElse(kind, ClusterKind.NODES);
      name = requireNonNullElse(name, new Name("mlops-standard"));
    }
  }

  public Aws {
    region = requireNonNullElse(region, "us-west-2");
    repository = requireNonNullElse(repository, "mlops-images");
  }
}
