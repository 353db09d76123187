package dev.mlops.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.mlops.scaffold.Observability.Watched;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks a real API server what it thinks of the manifests, in a namespace that enforces Pod Security
 * {@code restricted}. Needs {@code MLOPS_TEST_KUBECONFIG}, and kubectl on the path or in {@code
 * bin/} beside that file.
 */
class ManifestTemplatesIT {
  private static final Path MANIFESTS = Path.of("../templates/project/k8s");
  private final String namespace = "mlops-templates-" + UUID.randomUUID();

  @TempDir private Path folder;

  @BeforeEach
  void makeNamespace() throws Exception {
    assumeTrue(
        System.getenv("MLOPS_TEST_KUBECONFIG") != null,
        "no cluster: MLOPS_TEST_KUBECONFIG is not set");
    kubectl("create", "namespace", namespace);
    kubectl("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    if (System.getenv("MLOPS_TEST_KUBECONFIG") != null) {
      kubectl("delete", "namespace", namespace, "--wait=false");
    }
  }

  @Test
  void theServerTakesEveryObjectAsItStands() throws Exception {
    String answer = applyDry(MANIFESTS);

    for (String object :
        List.of(
            "deployment.apps/iris",
            "horizontalpodautoscaler.autoscaling/iris",
            "networkpolicy.networking.k8s.io/iris",
            "poddisruptionbudget.policy/iris",
            "service/iris",
            "serviceaccount/iris")) {
      assertTrue(answer.contains(object + " created (server dry run)"), answer);
    }
    assertFalse(answer.contains("Warning"), answer);
  }

  @Test
  void podsOfTheDeploymentAreAdmitted() throws Exception {
    var pod =
        (ObjectNode) new ObjectMapper().readTree("{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}");
    JsonNode template =
        new YAMLMapper()
            .readTree(MANIFESTS.resolve("deployment.yaml").toFile())
            .at("/spec/template");
    pod.set("metadata", ((ObjectNode) template.path("metadata")).put("name", "iris"));
    pod.set("spec", ((ObjectNode) template.path("spec")).put("serviceAccountName", "default"));
    Path file = folder.resolve("pod.json");
    new ObjectMapper().writeValue(file.toFile(), pod);

    assertTrue(applyDry(file).contains("pod/iris created (server dry run)"));
  }

  /** By the definitions that the Prometheus operator brings along. */
  @Test
  void theOperatorsObjectsAreOfItsKinds() throws Exception {
    boolean installed = kubectl("get", "crd", "-o", "name").contains("podmonitors.monitoring");
    String definitions = Path.of("src/test/resources/crd").toString();
    try {
      if (!installed) {
        kubectl("apply", "--server-side", "-f", definitions);
        kubectl("wait", "--for=condition=Established", "--timeout=60s", "-f", definitions);
      }
      operatorsObjects()
          .forEach((file, text) -> write(folder.resolve(Path.of(file).getFileName()), text));
      String answer = applyDry(folder);
      assertTrue(answer.contains("podmonitor.monitoring.coreos.com/iris created"), answer);
      assertTrue(answer.contains("prometheusrule.monitoring.coreos.com/iris created"), answer);
      assertFalse(answer.contains("Warning"), answer);
    } finally {
      if (!installed) {
        kubectl("delete", "--ignore-not-found", "-f", definitions);
      }
    }
  }

  private static Map<String, String> operatorsObjects() throws IOException {
    String deployment = Files.readString(MANIFESTS.resolve("deployment.yaml"));
    var watched = new Watched("iris", "iris", 8000, List.of("/live_check", "/ready_check"), "k8s/");
    var texts =
        new TreeMap<>(
            new Observability(watched, Scraping.PODMONITOR)
                .texts(
                    Map.of("k8s/deployment.yaml", deployment),
                    (ObjectNode) new YAMLMapper().readTree(deployment)));
    texts.keySet().retainAll(Set.of("k8s/podmonitor.yaml", "k8s/prometheusrule.yaml"));
    return texts;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String applyDry(Path path) throws Exception {
    return kubectl(
        "apply",
        "--namespace",
        namespace,
        "--dry-run=server",
        "--validate=strict",
        "-f",
        path.toString());
  }

  private static String kubectl(String... arguments) throws IOException, InterruptedException {
    Path kubeconfig = Path.of(System.getenv("MLOPS_TEST_KUBECONFIG"));
    Path beside = kubeconfig.resolveSibling("bin").resolve("kubectl");
    List<String> command = new ArrayList<>();
    command.add(Files.isExecutable(beside) ? beside.toString() : "kubectl");
    command.addAll(List.of("--kubeconfig", kubeconfig.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), command + "\n" + output);
    return output;
  }
}
