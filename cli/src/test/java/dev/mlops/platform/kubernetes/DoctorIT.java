package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.Check;
import dev.mlops.platform.Check.Result;
import dev.mlops.platform.Checks.Built;
import dev.mlops.platform.Checks.Wanted;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Release;
import dev.mlops.platform.local.TestImage;
import dev.mlops.platform.local.TestManifests;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The cluster's rungs of the doctor's ladder, on a real cluster: whole, and with faults in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctorIT {
  private KubernetesEnvironment test;
  private TestImage image;
  private TestManifests manifests;

  @BeforeAll
  void deploy(@TempDir Path folder) throws Exception {
    test = new KubernetesEnvironment(folder);
    image = test.published("one");
    manifests = TestManifests.replicas(1).autoscaled(1, 2);
    Desired plain = manifests.release(image);
    // Of a model of ours, as far as the doctor can tell: the image knows how to look names up.
    Release release =
        new Release(plain.release().name(), image.digest(), Map.of("dev.mlops.model", "sha256:0"));
    test.platform().workloads().apply(new Desired(release, plain.manifests()), _ -> {});
  }

  @AfterAll
  void remove() {
    if (test != null) {
      test.close();
    }
  }

  private Wanted wanted() {
    return new Wanted(
        Optional.of("amd64"), manifests.objects(), Optional.of(new Built(image.digest(), false)));
  }

  @Test
  void climbsFromTheKubeconfigToTheAutoscaler() throws Exception {
    Map<String, Result> seen = new LinkedHashMap<>();
    List<Check> rungs = new ArrayList<>(test.platform().checks().before(wanted()));
    rungs.addAll(test.platform().checks().running(wanted()));
    for (Check rung : rungs) {
      seen.put(rung.id(), rung.look());
    }

    assertEquals(
        List.of(
            "kubeconfig",
            "cluster",
            "identity",
            "namespace",
            "rights",
            "quota",
            "nodes",
            "registry-push",
            "version-skew",
            "metrics",
            "registry-pull",
            "dns",
            "workload",
            "probes",
            "autoscaler"),
        List.copyOf(seen.keySet()));
    assertInstanceOf(Result.Fine.class, seen.get("registry-pull"));
    Result.Fine dns = assertInstanceOf(Result.Fine.class, seen.get("dns"));
    assertTrue(dns.detail().startsWith("kubernetes.default.svc "), dns.detail());
    assertEquals(new Result.Fine("1 replicas ready"), seen.get("workload"));
    assertEquals(List.of(), lookers());
  }

  @Test
  void namesAnImageThatNoNodeGets() throws Exception {
    var errand = errand(Errand.NAME, test.image("never-published"));
    MlopsException e = assertThrows(MlopsException.class, errand::send);
    assertEquals(Code.KUBERNETES_IMAGE_MISSING, e.problem().code());
    assertEquals(List.of(), lookers());
  }

  @Test
  void tellsWhenAPodCantResolveANameAndWhenItIsNotSent() throws Exception {
    var images = new RegistryImages(test.site().settings().repository(), false);
    var check =
        new DnsCheck(test.site(), new Errand(test.site(), images, wanted(), "nowhere.invalid"));
    MlopsException e = assertThrows(MlopsException.class, check::look);
    assertEquals(Code.CLUSTER_DNS, e.problem().code());
    assertTrue(e.problem().why().contains("nowhere.invalid"), e.problem().why());
  }

  @Test
  void doesNotTakeAFullQuotaForABrokenRegistry() throws Exception {
    try (var _ = test.quota("full", 1)) {
      Envoy.Report report = errand(Errand.NAME, image).send();
      var notSent = assertInstanceOf(Envoy.Report.NotSent.class, report);
      assertTrue(notSent.why().contains("exceeded quota"), notSent.why());
      assertInstanceOf(Result.Warning.class, new QuotaCheck(test.site()).look());
    }
  }

  @Test
  void namesMetricsThatTheClusterDoesNotHave() {
    var site = test.site();
    var other = TestManifests.replicas(1).and(BY_QUEUE).objects();
    var warning = assertInstanceOf(Result.Warning.class, new MetricsCheck(site, other).look());
    assertTrue(warning.why().contains("external.metrics.k8s.io"), warning.why());
  }

  private static final String BY_QUEUE =
      """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: tiny}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: tiny}
        maxReplicas: 2
        metrics:
          - type: External
            external: {metric: {name: queue}, target: {type: Value, value: "1"}}
      """;

  private Envoy errand(String name, TestImage of) {
    return new Envoy(
        test.site(),
        new EnvoyManifest(
            test.site(), of.reference(), List.of(), List.of("resolve", name), Optional.empty()));
  }

  /** Pods that the doctor left behind. */
  private List<String> lookers() {
    return test
        .cluster()
        .client()
        .pods()
        .inNamespace(test.namespace())
        .withLabel(JobManifest.LABEL, "doctor")
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }
}
