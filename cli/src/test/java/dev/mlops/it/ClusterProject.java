package dev.mlops.it;

import dev.mlops.platform.kubernetes.Cluster;
import dev.mlops.platform.kubernetes.TestCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A project as {@code init} writes it, whose environments run on the real cluster, each in a
 * namespace and a repository of its own; they are removed at the end.
 */
record ClusterProject(Cluster cluster, Tool tool, String run, Set<String> namespaces)
    implements AutoCloseable {
  private static final String PLACE = "(?s)\nenvironments:.*";

  /**
   * Skips the test, visibly, where there is no cluster.
   *
   * @param more of {@code init}
   */
  static ClusterProject init(Path folder, String... more) throws Exception {
    Cluster cluster = TestCluster.require();
    Tool tool = new Tool(folder);
    String[] words = new String[more.length + 2];
    words[0] = "init";
    words[1] = ".";
    System.arraycopy(more, 0, words, 2, more.length);
    tool.run(words).expect(0);
    String run = "mlops-it-" + UUID.randomUUID().toString().substring(0, 8);
    return new ClusterProject(cluster, tool, run, new TreeSet<>());
  }

  /**
   * An environment on the cluster.
   *
   * @param more its keys beside where it runs, such as {@code scale: {min: 1}}
   * @return for {@link #environments}
   */
  String on(String name, String... more) {
    namespaces.add(namespace(name));
    String where =
        "platform: kubernetes, kubernetes: {kubeconfig: %s, context: %s, namespace: %s, registry: %s/%s}"
            .formatted(
                TestCluster.kubeconfig(),
                TestCluster.context(),
                namespace(name),
                TestCluster.registry(),
                namespace(name));
    return name + ": {" + where + (more.length == 0 ? "" : ", " + String.join(", ", more)) + "}";
  }

  /** Writes the environments that the project has. */
  ClusterProject environments(String... lines) throws IOException {
    Path config = tool.folder().resolve("mlops.yaml");
    String text = Files.readString(config);
    if (!text.matches("(?s).*" + PLACE)) {
      throw new IllegalStateException("the template has no place for environments");
    }
    String all = "\nenvironments:\n  " + String.join("\n  ", lines) + "\n";
    Files.writeString(config, text.replaceFirst(PLACE, "") + all);
    return this;
  }

  /** Makes the namespace of an environment, in which Pod Security enforces {@code restricted}. */
  void restrict(String name) {
    cluster
        .client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace(name))
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
  }

  String namespace(String environment) {
    return run + "-" + environment;
  }

  @Override
  public void close() {
    namespaces.forEach(namespace -> TestCluster.removeNamespace(cluster, namespace));
  }
}
