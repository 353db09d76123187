package dev.mlops.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.mlops.platform.kubernetes.Cluster;
import dev.mlops.platform.kubernetes.TestCluster;
import dev.mlops.process.Programs;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scaling by requests per second on a real cluster: the pods' annotations, a Prometheus that looks
 * for them, prometheus-adapter with the rule that {@code init --observability} writes, and the
 * autoscaler. Both programs run on this machine; the API server reaches the adapter by the node's
 * own address. Skipped where one of them is not on the path.
 */
final class ClusterScalingIT {
  private static final String METRICS = "v1beta1.custom.metrics.k8s.io";
  private static final String ADAPTER = "custom-metrics";

  @TempDir private static Path temp;
  private static ClusterProject project;
  private static Cluster cluster;
  private static Tool tool;
  private static Prometheus prometheus;
  private static Process adapter;

  @BeforeAll
  static void deploy() throws Exception {
    Programs.require("prometheus");
    Path program = Programs.require("prometheus-adapter");
    project = ClusterProject.init(temp.resolve("iris"), "--observability");
    project.environments(project.on("kube", "scale: {min: 1, max: 3, rps: 5}"));
    cluster = project.cluster();
    tool = project.tool();
    tool.run("up", "-e", "kube").expect(0);
    discover();
    prometheus = Prometheus.start(temp.resolve("prometheus"), scraping());
    prometheus.await("http_server_requests_total{namespace!=\"\"}");
    adapter = adapter(program, register());
  }

  private static String namespace() {
    return project.namespace("kube");
  }

  /** As docs/guide/observability.md has it. */
  private static String scraping() {
    return """
    global: {scrape_interval: 2s}
    scrape_configs:
      - job_name: kubernetes-pods
        file_sd_configs: [{files: [%s], refresh_interval: 1s}]
        relabel_configs:
          - {source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_scrape], action: keep, regex: "true"}
          - {source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_path], action: replace, regex: (.+), target_label: __metrics_path__}
          - source_labels: [__meta_kubernetes_pod_ip, __meta_kubernetes_pod_annotation_prometheus_io_port]
            action: replace
            regex: (.+);(.+)
            replacement: $1:$2
            target_label: __address__
          - {source_labels: [__meta_kubernetes_namespace], target_label: namespace}
          - {source_labels: [__meta_kubernetes_pod_name], target_label: pod}
    """
        .formatted(targets());
  }

  private static Path targets() {
    return temp.resolve("pods.json");
  }

  /** What {@code kubernetes_sd_configs} would tell of the pods: Debian's Prometheus lacks that. */
  private static void discover() throws IOException {
    ArrayNode found = new ObjectMapper().createArrayNode();
    for (Pod pod : cluster.client().pods().inNamespace(namespace()).list().getItems()) {
      String ip = pod.getStatus().getPodIP();
      if (ip != null) {
        ObjectNode target = found.addObject();
        target.putArray("targets").add(ip);
        ObjectNode labels = target.putObject("labels");
        labels.put("__meta_kubernetes_pod_ip", ip);
        labels.put("__meta_kubernetes_pod_name", pod.getMetadata().getName());
        labels.put("__meta_kubernetes_namespace", namespace());
        pod.getMetadata()
            .getAnnotations()
            .forEach((name, value) ->
                labels.put(
                    "__meta_kubernetes_pod_annotation_" + name.replaceAll("[^a-zA-Z0-9_]", "_"),
                    value));
      }
    }
    Path unfinished = Files.writeString(temp.resolve("pods.unfinished"), found.toString());
    Files.move(unfinished, targets(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The custom metrics API, served from an address of this machine that the cluster can reach. */
  private static URI register() throws IOException {
    String node =
        cluster.client().nodes().list().getItems().getFirst().getStatus().getAddresses().stream()
            .filter(address -> address.getType().equals("InternalIP"))
            .map(NodeAddress::getAddress)
            .findFirst()
            .orElseThrow();
    int port = Prometheus.freePort();
    cluster
        .client()
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withName(ADAPTER)
                .withNamespace(namespace())
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(443)
                .withNewTargetPort(port)
                .endPort()
                .endSpec()
                .build())
        .create();
    cluster
        .client()
        .resource(
            new EndpointsBuilder()
                .withNewMetadata()
                .withName(ADAPTER)
                .withNamespace(namespace())
                .endMetadata()
                .addNewSubset()
                .addNewAddress()
                .withIp(node)
                .endAddress()
                .addNewPort()
                .withPort(port)
                .endPort()
                .endSubset()
                .build())
        .create();
    cluster
        .client()
        .resource(
            new APIServiceBuilder()
                .withNewMetadata()
                .withName(METRICS)
                .endMetadata()
                .withNewSpec()
                .withGroup("custom.metrics.k8s.io")
                .withVersion("v1beta1")
                .withGroupPriorityMinimum(100)
                .withVersionPriority(100)
                .withInsecureSkipTLSVerify(true)
                .withNewService()
                .withName(ADAPTER)
                .withNamespace(namespace())
                .withPort(443)
                .endService()
                .endSpec()
                .build())
        .create();
    return URI.create("https://" + node + ":" + port);
  }

  private static Process adapter(Path program, URI address) throws IOException {
    Path values = tool.folder().resolve("observability/prometheus-adapter.yaml");
    JsonNode rules = new YAMLMapper().readTree(values.toFile()).at("/rules/custom");
    ObjectNode config = new ObjectMapper().createObjectNode();
    config.set("rules", rules);
    Path file = Files.writeString(temp.resolve("adapter.json"), config.toString());
    String kubeconfig = TestCluster.kubeconfig().toString();
    return new ProcessBuilder(
            program.toString(),
            "--bind-address=" + address.getHost(),
            "--secure-port=" + address.getPort(),
            "--cert-dir=" + temp.resolve("adapter-certificates"),
            "--config=" + file,
            "--prometheus-url=" + prometheus.address(),
            "--metrics-relist-interval=5s",
            "--lister-kubeconfig=" + kubeconfig,
            "--authentication-kubeconfig=" + kubeconfig,
            "--authorization-kubeconfig=" + kubeconfig)
        .redirectErrorStream(true)
        .redirectOutput(temp.resolve("adapter.log").toFile())
        .start();
  }

  /** The API goes first: a cluster with an API that nobody serves can't even remove namespaces. */
  @AfterAll
  static void leaveNothingBehind() throws Exception {
    if (cluster != null) {
      cluster.client().apiServices().withName(METRICS).delete();
    }
    if (adapter != null) {
      adapter.destroy();
      assertTrue(adapter.waitFor(10, TimeUnit.SECONDS));
    }
    if (prometheus != null) {
      prometheus.close();
    }
    if (project != null) {
      project.close();
    }
  }

  @Test
  void moreRequestsThanAimedAtMeanMoreReplicas() throws Exception {
    JsonNode quiet = await(status -> status.at("/autoscaling/currentRequestsPerSecond").isNumber());
    assertEquals(5, quiet.at("/autoscaling/targetRequestsPerSecond").asDouble());
    assertEquals(1, quiet.at("/replicas/desired").asInt());
    URI endpoint = URI.create(quiet.path("endpoint").asText());
    try (var users = Executors.newVirtualThreadPerTaskExecutor();
        Traffic traffic = Traffic.open()) {
      var asking = users.submit(() -> ask(traffic, endpoint));
      JsonNode scaled = await(status -> status.at("/replicas/desired").asInt() == 3);
      assertTrue(
          scaled.at("/autoscaling/currentRequestsPerSecond").asDouble() > 5, scaled.toString());
      asking.cancel(true);
    }
  }

  /** Some 25 requests a second. */
  private static List<Integer> ask(Traffic traffic, URI endpoint) throws IOException {
    List<Integer> failures = new ArrayList<>();
    try {
      while (!Thread.interrupted()) {
        int status = traffic.predict(endpoint, Traffic.flower(5.1, 3.5, 1.4, 0.2));
        if (status != 200) {
          failures.add(status);
        }
        Thread.sleep(40);
      }
    } catch (InterruptedException e) {
      // It is over.
    }
    return failures;
  }

  private static String log() {
    try {
      return Files.readString(temp.resolve("adapter.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static JsonNode await(Predicate<JsonNode> wanted) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      discover();
      JsonNode status = tool.run("status", "-e", "kube", "-o", "json").expect(0).json();
      if (wanted.test(status)) {
        return status;
      }
      assertTrue(System.nanoTime() < deadline, () -> status + "\n" + log());
      TimeUnit.SECONDS.sleep(2);
    }
  }
}
