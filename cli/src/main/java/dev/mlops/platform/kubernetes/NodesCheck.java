package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Check;
import dev.mlops.problem.Code;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether a node can run the image.
 *
 * @param architecture of the image, absent while unknown
 */
record NodesCheck(Site site, Optional<String> architecture) implements Check {
  @Override
  public String id() {
    return "nodes";
  }

  @Override
  public String title() {
    return "Nodes";
  }

  @Override
  public Result look() {
    List<Node> all;
    try {
      all = site.cluster().client().nodes().list().getItems();
    } catch (KubernetesClientException e) {
      if (e.getCode() == 403) {
        return new Result.NotApplicable("we may not list nodes");
      }
      throw ApiProblems.of(site.cluster(), "list the nodes", e);
    }
    List<Node> open = all.stream().filter(NodesCheck::isOpen).toList();
    if (open.isEmpty()) {
      return new Result.Warning(
          "No node is ready and open for pods", site.cluster().byHand("get nodes"));
    }
    String kinds = open.stream().map(NodesCheck::kind).distinct().collect(Collectors.joining("/"));
    if (architecture.isPresent() && open.stream().map(NodesCheck::kind).noneMatch(this::fits)) {
      throw Code.CLUSTER_NODES.problem(
          "No node of the cluster " + name() + " can run the image",
          "The image is for " + architecture.get() + ", the nodes are " + kinds + ".",
          "Build on a machine of that kind, in CI for example, or add a node");
    }
    return new Result.Fine(open.size() + (open.size() == 1 ? " node " : " nodes ") + kinds);
  }

  private String name() {
    return site.cluster().name();
  }

  private boolean fits(String kind) {
    return kind.equals(architecture.orElseThrow());
  }

  private static boolean isOpen(Node node) {
    return !Boolean.TRUE.equals(node.getSpec().getUnschedulable())
        && node.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  private static String kind(Node node) {
    return Objects.requireNonNullElse(node.getStatus().getNodeInfo().getArchitecture(), "unknown");
  }
}
