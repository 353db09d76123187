package dev.mlops.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool is killed in the midst of each verb; the same command, run again, gets to the end. */
final class KillIT {
  private static final int KILLED = 128 + 9;

  @TempDir private static Path temp;
  private static ClusterProject project;
  private static KubernetesClient client;
  private static Tool tool;

  @BeforeAll
  static void project() throws Exception {
    project = ClusterProject.init(temp.resolve("iris"));
    project.environments(project.on("kube"));
    client = project.cluster().client();
    tool = project.tool();
  }

  @AfterAll
  static void leaveNothingBehind() {
    if (project != null) {
      project.close();
    }
  }

  @Test
  void theNextRunGetsToTheSameEnd() throws Exception {
    JsonNode up = run("up");

    Path deployment = tool.folder().resolve("k8s/deployment.yaml");
    String text = Files.readString(deployment);
    assertTrue(text.contains("periodSeconds: 20"));
    Files.writeString(deployment, text.replaceFirst("periodSeconds: 20", "periodSeconds: 19"));
    kill(() -> probePeriod() == 19, "deploy");
    run("deploy");
    assertEquals(0, run("plan", "--exit-code").path("changed").asInt());
    assertEquals(2, run("releases").path("releases").size());

    kill(() -> deployment().getSpec().getReplicas() == 0, "pause");
    assertEquals("paused", run("pause").path("state").asText());
    assertEquals(0, client.pods().inNamespace(namespace()).list().getItems().size());

    kill(() -> deployment().getSpec().getReplicas() > 0, "resume");
    JsonNode resumed = run("resume");
    assertEquals("running", resumed.path("state").asText());
    assertEquals(up.at("/replicas/desired"), resumed.at("/replicas/ready"));
    assertEquals(up.path("image"), resumed.path("image"));

    kill(() -> isGoing(service()), "destroy", "--yes");
    run("destroy", "--yes");
    assertEquals("absent", run("status").path("state").asText());
    Namespace left = client.namespaces().withName(namespace()).get();
    assertNull(left);
  }

  private static JsonNode run(String... args) throws Exception {
    return tool.run(inEnvironment(args)).expect(0).json();
  }

  private static void kill(BooleanSupplier inTheMidst, String... args) throws Exception {
    Process process = tool.start(inEnvironment(args));
    try {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!inTheMidst.getAsBoolean()) {
        assertTrue(process.isAlive(), () -> args[0] + " has ended");
        assertTrue(System.nanoTime() < deadline, () -> args[0] + " has not begun");
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } finally {
      process.destroyForcibly();
    }
    assertEquals(KILLED, process.waitFor(), args[0]);
  }

  private static String[] inEnvironment(String... args) {
    String[] all = new String[args.length + 4];
    System.arraycopy(args, 0, all, 0, args.length);
    System.arraycopy(new String[] {"-e", "kube", "-o", "json"}, 0, all, args.length, 4);
    return all;
  }

  private static String namespace() {
    return project.namespace("kube");
  }

  private static Deployment deployment() {
    return client.apps().deployments().inNamespace(namespace()).withName("iris").get();
  }

  private static Service service() {
    return client.services().inNamespace(namespace()).withName("iris").get();
  }

  private static boolean isGoing(Service service) {
    return service == null || service.getMetadata().getDeletionTimestamp() != null;
  }

  private static int probePeriod() {
    return deployment()
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst()
        .getLivenessProbe()
        .getPeriodSeconds();
  }
}
