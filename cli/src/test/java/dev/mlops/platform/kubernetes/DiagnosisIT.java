package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Status;
import dev.mlops.platform.Workloads;
import dev.mlops.platform.local.TestImage;
import dev.mlops.platform.local.TestManifests;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.Problem;
import io.fabric8.kubernetes.api.model.Namespace;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each fault that keeps a release from coming up is put into a real cluster: the rollout stops with
 * its cause, and the doctor names the same; then the former release is brought back.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiagnosisIT {
  private static final String CONTAINER = "/spec/template/spec/containers/0";

  private KubernetesEnvironment test;
  private TestImage image;
  private Desired good;

  @BeforeAll
  void deployAGoodRelease(@TempDir Path folder) throws Exception {
    test = new KubernetesEnvironment(folder);
    image = test.published("one");
    good = TestManifests.replicas(1).release(image);
    test.platform().workloads().apply(good, _ -> {});
  }

  @AfterAll
  void remove() {
    if (test != null) {
      test.close();
    }
  }

  @Test
  void namesAnImageThatIsNotThere() {
    TestImage never = test.image("never-published");
    Problem problem = fails(TestManifests.replicas(1).release(never));
    assertEquals(Code.KUBERNETES_IMAGE_MISSING, problem.code());
    assertTrue(problem.message().contains(never.reference()), problem.message());
    assertTrue(problem.why().contains("not found"), problem.why());
  }

  @Test
  void namesARegistryThatRefuses() throws Exception {
    HttpServer registry =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(403, -1);
          exchange.close();
        });
    registry.start();
    try {
      String host = "127.0.0.1:" + registry.getAddress().getPort();
      Problem problem =
          fails(TestManifests.replicas(1).release(image), host + "/private/tiny@" + image.digest());
      assertEquals(Code.KUBERNETES_IMAGE_DENIED, problem.code(), problem::toString);
    } finally {
      registry.stop(0);
    }
  }

  @Test
  void tellsExitCodeAndLastLinesOfACrash() {
    Problem problem = fails(TestManifests.replicas(1).env("CRASH", "3"));
    assertEquals(Code.KUBERNETES_CRASH, problem.code());
    assertTrue(problem.message().contains("ended with exit code 3"), problem.message());
    assertTrue(problem.cause().contains("no such model"), problem.cause());
  }

  @Test
  void tellsTheLimitThatWasReached() {
    Problem problem =
        fails(
            changed(container -> container.withObject("/resources/limits").put("memory", "20Mi")));
    assertEquals(Code.KUBERNETES_OUT_OF_MEMORY, problem.code(), problem::toString);
    assertTrue(problem.why().contains("Its limit is 20Mi."), problem.why());
  }

  @Test
  void tellsWhatNoNodeHas() {
    Problem problem =
        fails(changed(container -> container.withObject("/resources/requests").put("cpu", "900")));
    assertEquals(Code.KUBERNETES_UNSCHEDULABLE, problem.code());
    assertTrue(problem.why().contains("Insufficient cpu"), problem.why());
  }

  @Test
  void tellsThePathOfAProbeThatTheServiceDoesNotKnow() {
    Problem problem =
        fails(
            changed(container ->
                container.withObject("/readinessProbe/httpGet").put("path", "/missing")));
    assertEquals(Code.KUBERNETES_PROBE, problem.code());
    assertTrue(problem.message().contains("readiness probe"), problem.message());
    assertTrue(problem.message().contains("GET /missing on port http"), problem.message());
    assertTrue(problem.why().contains("404"), problem.why());
  }

  @Test
  void tellsTheProbeThatHadTheContainerKilled() {
    Problem problem =
        fails(
            changed(container ->
                container
                    .withObject("/startupProbe")
                    .put("failureThreshold", 2)
                    .withObject("httpGet")
                    .put("port", 8001)));
    assertEquals(Code.KUBERNETES_PROBE, problem.code(), problem::toString);
    assertTrue(problem.message().contains("startup probe"), problem.message());
    assertTrue(problem.why().contains("connection refused"), problem.why());
  }

  @Test
  void namesTheQuotaThatIsUsedUp() {
    try (var _ = test.quota("few", 1)) {
      Problem problem = fails(TestManifests.replicas(1).env("OTHER", "quota"));
      assertEquals(Code.KUBERNETES_QUOTA, problem.code());
      assertTrue(problem.why().contains("exceeded quota: few"), problem.why());
    }
  }

  @Test
  void tellsWhatPodSecurityRefuses() {
    label("pod-security.kubernetes.io/enforce", "restricted");
    try {
      Problem problem = fails(TestManifests.replicas(1).env("OTHER", "security"));
      assertEquals(Code.KUBERNETES_ADMISSION, problem.code());
      assertTrue(problem.why().contains("violates PodSecurity"), problem.why());
    } finally {
      label("pod-security.kubernetes.io/enforce", null);
    }
  }

  @Test
  void namesAConfigMapThatIsNotThere() {
    Problem problem =
        fails(
            changed(container ->
                container
                    .withArray("envFrom")
                    .addObject()
                    .putObject("configMapRef")
                    .put("name", "nowhere")));
    assertEquals(Code.KUBERNETES_REFERENCE, problem.code());
    assertTrue(problem.why().contains("configmap \"nowhere\" not found"), problem.why());
  }

  @Test
  void namesAProgramThatIsNotInTheImage() {
    Problem problem = fails(changed(container -> container.putArray("command").add("/nowhere")));
    assertEquals(Code.KUBERNETES_CONTAINER, problem.code(), problem::toString);
    assertTrue(problem.why().contains("/nowhere"), problem.why());
  }

  private static TestManifests changed(Consumer<ObjectNode> change) {
    return TestManifests.replicas(1)
        .deployment(deployment -> change.accept((ObjectNode) deployment.at(CONTAINER)));
  }

  private Problem fails(TestManifests bad) {
    return fails(bad.release(image));
  }

  private Problem fails(Desired bad, String image) {
    List<ObjectNode> manifests = new ArrayList<>(bad.manifests());
    ObjectNode deployment = manifests.getFirst().deepCopy();
    ((ObjectNode) deployment.at(CONTAINER)).put("image", image);
    manifests.set(0, deployment);
    return fails(new Desired(bad.release(), manifests));
  }

  private Problem fails(Desired bad) {

    Workloads workloads = test.platform().workloads();
    Problem problem =
        assertThrows(
                MlopsException.class,
                () -> workloads.apply(bad, new ApplyOptions(false, false), _ -> {}))
            .problem();

    assertEquals(problem.code().id(), diagnosed(), problem::toString);
    Status status = bringBack();
    assertEquals(Status.State.RUNNING, status.state());
    assertEquals(List.of(), test.platform().workloads().compare(good));
    return problem;
  }

  private String diagnosed() {
    var ward = new Ward(test.site());
    try {
      return new WorkloadCheck(ward).look() + " and " + new ProbesCheck(ward).look();
    } catch (MlopsException e) {
      return e.problem().code().id();
    }
  }

  private Status bringBack() {
    try {
      return test.platform().workloads().apply(good, _ -> {});
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void label(String name, String value) {
    test.cluster()
        .client()
        .namespaces()
        .withName(test.namespace())
        .edit(namespace -> {
          Namespace changed = namespace;
          changed.getMetadata().getLabels().put(name, value);
          if (value == null) {
            changed.getMetadata().getLabels().remove(name);
          }
          return changed;
        });
  }
}
