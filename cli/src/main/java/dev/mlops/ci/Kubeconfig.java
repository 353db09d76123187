package dev.mlops.ci;

import dev.mlops.config.Complaints;
import dev.mlops.config.YamlNode;
import dev.mlops.config.YamlNode.Items;
import dev.mlops.config.YamlTree;
import dev.mlops.problem.DiskFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
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
    List<Part> parts = files.stream().flatMap(file -> read(file).stream()).toList();
    return named(parts, "contexts", context)
        .flatMap(found -> found.at("context"))
        .flatMap(found -> Yaml.text(found.node(), "cluster"))
        .flatMap(cluster -> named(parts, "clusters", cluster))
        .flatMap(found -> found.at("cluster"))
        .map(Kubeconfig::variables)
        .orElse(Map.of());
  }

  /** A file's whole tree or a part of it: paths in it are relative to that file. */
  private record Part(Path file, YamlNode node) {
    Optional<Part> at(String key) {
      return Yaml.at(node, key).map(value -> new Part(file, value));
    }

    /** What a file that is named here holds, in Base64. */
    String contents(String named) {
      Path path = file.toAbsolutePath().resolveSibling(named);
      try {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(path));
      } catch (IOException e) {
        throw DiskFaults.reading(path, e);
      }
    }
  }

  private static Optional<Part> read(Path file) {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      return YamlTree.readMapping(Files.readString(file), file.toString(), new Complaints())
          .map(tree -> new Part(file, tree));
    } catch (IOException e) {
      throw DiskFaults.reading(file, e);
    }
  }

  private static Map<String, String> variables(Part cluster) {
    Map<String, String> variables = new TreeMap<>();
    Yaml.text(cluster.node(), "server").ifPresent(server -> variables.put("KUBE_SERVER", server));
    Yaml.text(cluster.node(), "certificate-authority-data")
        .or(() -> Yaml.text(cluster.node(), "certificate-authority").map(cluster::contents))
        .ifPresent(authority -> variables.put("KUBE_CA", authority));
    return variables;
  }

  private static Optional<Part> named(List<Part> parts, String list, String name) {
    return parts.stream()
        .flatMap(part ->
            Yaml.at(part.node(), list).orElse(null) instanceof Items items
                ? items.values().stream().map(item -> new Part(part.file(), item))
                : Stream.empty())
        .filter(item -> Yaml.text(item.node(), "name").filter(name::equals).isPresent())
        .findFirst();
  }
}
