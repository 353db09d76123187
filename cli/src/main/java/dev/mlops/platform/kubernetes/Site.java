package dev.mlops.platform.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.manifest.Marked;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One environment's place in a cluster, and the questions that most of the adapter asks there. */
record Site(Cluster cluster, KubernetesSettings settings) {
  /** Who sets what a pause changes: the manifests' own values stay the tool's. */
  static final String POWER = "mlops-power";

  String namespace() {
    return settings.namespace();
  }

  /** How a person asks the cluster for something in the namespace; see {@link Cluster#byHand}. */
  String byHand(String command) {
    return cluster.byHand("-n " + namespace() + " " + command);
  }

  <T> T ask(String deed, Function<KubernetesClient, T> question) {
    return ApiProblems.asking(cluster, deed, () -> question.apply(cluster.client()));
  }

  Inventory inventory() {
    return new Inventory(cluster, namespace(), settings.owner());
  }

  /** As seen from the namespace that a manifest names, if it names one. */
  Site of(ObjectNode manifest) {
    String named = manifest.at("/metadata/namespace").asText(namespace());
    return named.equals(namespace()) ? this : new Site(cluster, settings.at(named));
  }

  /** Whether a manifest is a Deployment in the environment's own namespace. */
  boolean isOwnDeployment(ObjectNode manifest) {
    return manifest.path("kind").asText().equals("Deployment")
        && of(manifest).namespace().equals(namespace());
  }

  /** Every Deployment of ours in the environment's own namespace. */
  List<Deployment> deployments() {
    var owner = settings.owner();
    List<Deployment> found =
        ask(
            "list the Deployments in " + namespace(),
            client ->
                client
                    .apps()
                    .deployments()
                    .inNamespace(namespace())
                    .withLabels(owner.selector())
                    .list()
                    .getItems());
    return found.stream()
        .filter(deployment -> owner.owns(deployment.getMetadata().getLabels(), namespace()))
        .toList();
  }

  /** Where the workloads tell that something of ours lies. */
  Extent told() {
    return Ledger.extent(deployments()).and(Extent.of(Set.of(), Set.of(namespace())));
  }

  /** The Deployment that runs the release's image. */
  Optional<Deployment> main() {
    return deployments().stream()
        .filter(deployment -> annotation(deployment, Marked.IMAGE).isPresent())
        .min(Comparator.comparing(deployment -> deployment.getMetadata().getName()));
  }

  List<Pod> pods(Deployment deployment) {
    return ask(
        "list the pods in " + namespace(),
        client ->
            client
                .pods()
                .inNamespace(namespace())
                .withLabelSelector(deployment.getSpec().getSelector())
                .list()
                .getItems()
                .stream()
                .sorted(
                    Comparator.comparing((Pod pod) -> pod.getMetadata().getCreationTimestamp())
                        .thenComparing(pod -> pod.getMetadata().getName()))
                .toList());
  }

  static Optional<String> annotation(Deployment deployment, String name) {
    var annotations = deployment.getMetadata().getAnnotations();
    return annotations == null ? Optional.empty() : Optional.ofNullable(annotations.get(name));
  }
}
