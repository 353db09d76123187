package dev.mlops.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.platform.kubernetes.Cluster;
import dev.mlops.platform.kubernetes.TestCluster;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;

/** Delivery to a real cluster, by a runner that has a kubeconfig of its own. */
final class ClusterDeliveryIT extends DeliveryFlow {
  private final String namespace = "mlops-it-" + UUID.randomUUID().toString().substring(0, 8);
  private final int number = ThreadLocalRandom.current().nextInt(1_000, 30_000);
  private Cluster cluster;

  @BeforeAll
  void start() throws Exception {
    cluster = TestCluster.require();
    begin("");
  }

  @Override
  String environments() {
    return environment("dev") + environment("prod");
  }

  private String environment(String name) {
    return "%s: {platform: kubernetes, scale: {min: 1}, kubernetes: {kubeconfig: %s, context: %s, namespace: %s-%s, registry: %s/%s}}\n"
        .formatted(
            name,
            TestCluster.kubeconfig(),
            TestCluster.context(),
            namespace,
            name,
            TestCluster.registry(),
            namespace);
  }

  @Override
  JsonNode status() throws Exception {
    return origin.run("status", "-e", "prod", "-o", "json").expect(0).json();
  }

  @Override
  JsonNode preview(int number) throws Exception {
    return origin
        .run("ci", "preview", "status", Integer.toString(number), "-o", "json")
        .expect(0)
        .json();
  }

  @Override
  int number() {
    return number;
  }

  /** A service that is starved: with a fiftieth of a processor it answers late, and refuses. */
  @Override
  void slowDown() throws IOException {
    edit("k8s/deployment.yaml", "cpu: 500m", "cpu: 20m");
    edit("k8s/deployment.yaml", "cpu: 100m", "cpu: 20m");
  }

  @Override
  void clear() {
    if (cluster != null) {
      TestCluster.removeNamespace(cluster, namespace + "-prod");
      TestCluster.removeNamespace(cluster, "pr-" + number);
    }
  }
}
