package dev.mlops.config;

import static java.util.Objects.requireNonNullElse;

import java.util.Optional;

/** Platform azure: Azure Kubernetes Service. */
public record Azure(
    @Doc("Subscription id.") Optional<String> subscription,
    @Doc("Resource group.") String resourceGroup,
    @Doc("Region.") String location,
    @Doc("The cluster.") Cluster cluster,
    @Doc("Name of the Azure Container Registry: letters and digits, unique in all of Azure.")
        Optional<String> registry) {

  /** Who runs the pods. */
  public enum ClusterKind {
    NODES,
    VIRTUAL_NODES
  }

  /** The cluster. */
  public record Cluster(
      @Doc("nodes: a node pool. virtual-nodes: container instances.") ClusterKind kind,
      @Doc("Name of the cluster.") Name name) {
    public Cluster {
      kind = requireNonNullElse(kind, ClusterKind.NODES);
      name = requireNonNullElse(name, new Name("mlops-standard"));
    }
  }

  public Azure {
    resourceGroup = requireNonNullElse(resourceGroup, "mlops");
    location = requireNonNullElse(location, "westus2");
  }
}
