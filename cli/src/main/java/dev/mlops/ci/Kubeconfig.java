package dev.mlops.ci;

import dev.mlops.config.Complaints;
import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Items;
import dev.mlops.config.YamlNode.Mapping;
import dev.mlops.config.YamlTree;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a kubeconfig says of where a cluster is; nothing of who somebody is. */
public final class Kubeconfig {
  private Kubeconfig() {}

  /**
   * The variables that runs reach the context's cluster by.
   *
   * @param files as KUBECONFIG lists them: the first that has a name is the one that counts
   * @return empty if the context is in none of them
   */
  public static Map<String, String> variables(List<Path> files, String context) {
    List<Mapping> configs = files.stream().flatMap(file -> read(file).stream()).toList();
    return named(configs, "contexts", context)
        .flatMap(found -> Yaml.at(found, "context"))
        .flatMap(found -> Yaml.text(found, "cluster"))
        .flatMap(cluster -> named(configs, "clusters", cluster))
        .flatMap(found -> Yaml.at(found, "cluster"))
        .map(Kubeconfig::variables)
        .orElse(Map.of());
  }

  private static Optional<Mapping> read(Path file) {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      return YamlTree.readMapping(Files.readString(file), file.toString(), new Complaints());
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

  private static Optional<YamlNode> named(List<Mapping> configs, String list, String name) {
    return configs.stream()
        .flatMap(config ->
            Yaml.at(config, list).orElse(null) instanceof Items items
                ? items.values().stream()
                : Stream.empty())
        .filter(item -> Yaml.text(item, "name").filter(name::equals).isPresent())
        .findFirst();
  }
}
