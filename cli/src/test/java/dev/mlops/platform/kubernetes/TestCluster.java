package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The real cluster that tests run on: the current context of the file that {@code
 * MLOPS_TEST_KUBECONFIG} names. Its registry is the one that {@code MLOPS_TEST_REGISTRY} names,
 * {@code 127.0.0.1:5000} otherwise.
 */
public final class TestCluster {
  static final String VARIABLE = "MLOPS_TEST_KUBECONFIG";

  private TestCluster() {}

  /** Skips the test, visibly, where there is none. */
  public static Cluster require() {
    assumeTrue(System.getenv(VARIABLE) != null, "no cluster: " + VARIABLE + " is not set");
    return Cluster.of(Optional.of(kubeconfig()), context());
  }

  public static Path kubeconfig() {
    return Path.of(System.getenv(VARIABLE)).toAbsolutePath();
  }

  public static String context() {
    return io.fabric8.kubernetes.client.Config.fromKubeconfig(kubeconfig().toFile())
        .getCurrentContext()
        .getName();
  }

  public static String registry() {
    return System.getenv().getOrDefault("MLOPS_TEST_REGISTRY", "127.0.0.1:5000");
  }

  /**
   * The same cluster for somebody else.
   *
   * @param user of a kubeconfig, such as {@code {token: …}}
   */
  static Cluster with(Map<String, Object> user) {
    require();
    try {
      ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
      ObjectNode config = (ObjectNode) yaml.readTree(kubeconfig().toFile());
      config
          .withArray("users")
          .forEach(known -> ((ObjectNode) known).set("user", yaml.valueToTree(user)));
      Path file = Files.createTempFile("kubeconfig", ".yaml");
      file.toFile().deleteOnExit();
      yaml.writeValue(file.toFile(), config);
      return Cluster.of(Optional.of(file), context());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void removeNamespace(Cluster cluster, String name) {
    KubernetesClient client = cluster.client();
    client.namespaces().withName(name).withGracePeriod(0).delete();
  }
}
