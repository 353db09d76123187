package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Check;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the nodes' version goes with the API server's.
 *
 * @see <a href="https://kubernetes.io/releases/version-skew-policy/#kubelet">Version skew
 *     policy</a>
 */
record VersionSkewCheck(Site site) implements Check {
  private static final int FURTHEST = 3;

  @Override
  public String id() {
    return "version-skew";
  }

  @Override
  public String title() {
    return "Versions";
  }

  @Override
  public Result look() {
    List<Node> nodes;
    try {
      nodes = site.cluster().client().nodes().list().getItems();
    } catch (KubernetesClientException e) {
      if (e.getCode() == 403) {
        return new Result.NotApplicable("we may not list nodes");
      }
      throw ApiProblems.of(site.cluster(), "list the nodes", e);
    }
    String server =
        site.ask("read its version", client -> client.getKubernetesVersion().getGitVersion());
    return of(
        server,
        nodes.stream()
            .map(node -> node.getStatus().getNodeInfo().getKubeletVersion())
            .distinct()
            .sorted()
            .toList());
  }

  /**
   * @param server such as {@code v1.34.4}
   * @param nodes versions of the kubelets
   */
  static Result of(String server, List<String> nodes) {
    String wrong =
        nodes.stream().filter(node -> !fits(server, node)).collect(Collectors.joining(", "));
    return wrong.isEmpty()
        ? new Result.Fine("nodes " + String.join(", ", nodes))
        : new Result.Warning(
            "Nodes of " + wrong + " do not go with an API server of " + server,
            "Upgrade the nodes: they may be "
                + FURTHEST
                + " minor versions older than the API server, and not newer");
  }

  private static boolean fits(String server, String node) {
    Optional<Integer> newest = ClusterCheck.minor(server);
    Optional<Integer> own = ClusterCheck.minor(node);
    return newest.isEmpty()
        || own.isEmpty()
        || (own.get() <= newest.get() && own.get() >= newest.get() - FURTHEST);
  }
}
