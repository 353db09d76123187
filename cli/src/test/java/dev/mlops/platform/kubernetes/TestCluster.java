package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The real cluster that tests run on: the current context of the file that {@code
 * MLOPS_TEST_KUBECONFIG} names. Its registry is the one that {@code MLOPS_TEST_REGISTRY} names,
 * {@code 127.0.0.1:5000} otherwise.
 */
public final class TestCluster {
  private static final String VARIABLE = "MLOPS_TEST_KUBECONFIG";

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

  public static void removeNamespace(Cluster cluster, String name) {
    KubernetesClient client = cluster.client();
    client.namespaces().withName(name).withGracePeriod(0).delete();
  }
}
