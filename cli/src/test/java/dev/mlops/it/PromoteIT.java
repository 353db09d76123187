package dev.mlops.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.platform.kubernetes.TestCluster;
import dev.mlops.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A release on its way from this machine to a cluster and on to another namespace and repository,
 * and what is exported there. Each test goes on from the one before.
 */
@TestMethodOrder(OrderAnnotation.class)
final class PromoteIT {
  @TempDir private static Path temp;
  private static ClusterProject project;
  private static Tool tool;
  private static JsonNode dev;

  @BeforeAll
  static void deployHere() throws Exception {
    project = ClusterProject.init(temp.resolve("iris"));
    project.environments(
        "dev: {local: {port: " + Prometheus.freePort() + "}, scale: {min: 1}}",
        project.on("staging", "scale: {min: 1}"),
        project.on("prod", "scale: {min: 1}"));
    tool = project.tool();
    dev = tool.run("up", "-o", "json").expect(0).json();
  }

  @AfterAll
  static void leaveNothingBehind() throws Exception {
    if (tool != null) {
      tool.run("destroy", "--yes");
    }
    if (project != null) {
      project.close();
    }
  }

  @Test
  @Order(1)
  void fromThisMachineToACluster() throws Exception {
    JsonNode staging = promote("dev", "staging");
    assertEquals(digest(dev), digest(staging));
    assertTrue(staging.path("image").asText().startsWith("iris@"), staging.toString());
    assertEquals("running", staging.path("state").asText());
    JsonNode verified = staging.path("steps").get(staging.path("steps").size() - 1);
    assertTrue(verified.path("detail").asText().contains("golden rows"), verified.toString());
  }

  @Test
  @Order(2)
  void fromOneRegistryToAnother() throws Exception {
    JsonNode prod = promote("staging", "prod");
    assertEquals(digest(dev), digest(prod));
    assertEquals(0, promote("staging", "prod").path("changed").asInt());
  }

  @Test
  @Order(3)
  void aKustomizationReproducesWhatRuns() throws Exception {
    Path folder = export("kustomize");
    kubectl(0, "kustomize", folder.toString());
    kubectl(0, "apply", "--dry-run=server", "--validate=strict", "-k", folder.toString());
    assertEquals(List.of(), differences("-k", folder.toString()));
  }

  @Test
  @Order(3)
  void aChartReproducesWhatRuns() throws Exception {
    Path folder = export("helm");
    Path helm = Programs.require("helm");
    run(List.of(helm.toString(), "lint", "--strict", folder.toString()), 0);
    Path rendered =
        Files.writeString(
            temp.resolve("rendered.yaml"),
            run(List.of(helm.toString(), "template", "iris", folder.toString()), 0));
    assertEquals(
        List.of(), differences("-n", project.namespace("prod"), "-f", rendered.toString()));
  }

  @Test
  @Order(4)
  void whatDoesNotRunIsNotPromoted() throws Exception {
    tool.run("pause", "-e", "staging").expect(0);
    JsonNode refused =
        tool.run("promote", "--from", "staging", "--to", "prod", "-o", "json").expect(1).json();
    assertEquals("MLOPS-DEPLOY-008", refused.at("/error/code").asText());
  }

  private static JsonNode promote(String from, String to) throws Exception {
    return tool.run("promote", "--from", from, "--to", to, "-o", "json").expect(0).json();
  }

  private static Path export(String format) throws Exception {
    Tool.Result result = tool.run("export", "-e", "prod", "--format", format, "-o", "json");
    return Path.of(result.expect(0).json().path("folder").asText());
  }

  private static String digest(JsonNode json) {
    String image = json.path("image").asText();
    return image.substring(image.indexOf('@'));
  }

  private static String kubectl(int status, String... arguments) throws Exception {
    return run(kubectl(List.of(arguments)), status);
  }

  private static List<String> kubectl(List<String> arguments) {
    Path kubeconfig = TestCluster.kubeconfig();
    Path beside = kubeconfig.resolveSibling("bin").resolve("kubectl");
    List<String> command = new ArrayList<>();
    command.add(Files.isExecutable(beside) ? beside.toString() : "kubectl");
    command.addAll(List.of("--kubeconfig", kubeconfig.toString()));
    command.addAll(arguments);
    return command;
  }

  /**
   * Lines of kubectl's own comparison with what runs. The server counts a NetworkPolicy up that
   * says {@code egress: []}, for which it keeps nothing: that is no difference.
   */
  private static List<String> differences(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("diff"));
    command.addAll(List.of(arguments));
    return run(kubectl(command), 0, 1)
        .lines()
        .filter(line -> line.matches("[+-] .*") && !line.matches("[+-] +generation: \\d+"))
        .toList();
  }

  private static String run(List<String> command, Integer... statuses)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(
        List.of(statuses).contains(process.waitFor()), String.join(" ", command) + "\n" + output);
    return output;
  }
}
