package dev.mlops.ci;

import dev.mlops.config.Complaints;
import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Items;
import dev.mlops.config.YamlTree;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a kubeconfig says of where a cluster is; nothing of who somebody is. */
public final class Kubeconfig {
  private Kubeconfig() {}

  /**
   * The variables that runs reach the context's cluster by.
   *
   * @return empty if the file or the context is not there
   */
  public static Map<String, String> variables(Path file, String context) {
    if (!Files.isReadable(file)) {
      return Map.of();
    }
    try {
      var root = YamlTree.readMapping(Files.readString(file), file.toString(), new Complaints());
      return root.flatMap(config -> named(config, "contexts", context))
          .flatMap(found -> Yaml.at(found, "context"))
          .flatMap(found -> Yaml.text(found, "cluster"))
          .flatMap(cluster -> named(root.get(), "clusters", cluster))
          .flatMap(found -> Yaml.at(found, "cluster"))
          .map(Kubeconfig::variables)
          .orElse(Map.of());
    } catch (IOException e) {
      throw DiskFaults.reading(file, e);
    }
  }

  private static Map<String, String> variables(YamlNode cluster) {
    Map<String, String> variables = new TreeMap<>();
    Yaml.text(cluster, "server").ifPresent(server -> variables.put("KUBE_SERVER", server));
    Yaml.text(cluster, "certificate-authority-data")
        .ifPresent(authority -> variables.put("KUBE_CA", authority));
    return variables;
  }

  private static Optional<YamlNode> named(YamlNode config, String list, String name) {
    return Yaml.at(config, list).orElse(null) instanceof Items items
        ? items.values().stream()
            .filter(item -> Yaml.text(item, "name").filter(name::equals).isPresent())
            .findFirst()
        : Optional.empty();
  }
}
