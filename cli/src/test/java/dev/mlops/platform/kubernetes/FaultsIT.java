package dev.mlops.platform.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Check.Result;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Jobs;
import dev.mlops.platform.Platform;
import dev.mlops.platform.Status;
import dev.mlops.platform.Workloads;
import dev.mlops.platform.local.TestImage;
import dev.mlops.platform.local.TestManifests;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import dev.mlops.problem.Problem;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An API server that goes away, is busy, slow or refuses: a quiet retry or a clear error, and the
 * next run converges.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class FaultsIT {
  private KubernetesEnvironment test;
  private TestImage image;
  private ApiProxy proxy;
  private Platform proxied;
  private int changes;

  @BeforeAll
  void deploy(@TempDir Path folder) throws Exception {
    test = new KubernetesEnvironment(folder);
    image = test.published("one");
    test.platform().workloads().apply(next(), _ -> {});
  }

  @AfterAll
  void remove() {
    if (test != null) {
      test.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    proxy = new ApiProxy(test.cluster().client().getConfiguration());
    proxied = test.platformOn(proxy.cluster(Optional.empty()));
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  /** A release that differs from the one before, and whose pods come up at once. */
  private Desired next() {
    return TestManifests.quick(1).env("CHANGE", String.valueOf(changes++)).release(image);
  }

  @Test
  void outlastsAServerThatGoesAwayInTheMidstOfARollout() throws Exception {
    Desired desired = next();
    var away = new AtomicInteger();
    Status status =
        proxied
            .workloads()
            .apply(
                desired,
                line -> {
                  if (line.contains("new replicas ready") && away.getAndIncrement() == 0) {
                    goAway(Duration.ofSeconds(3));
                  }
                });
    assertEquals(Status.State.RUNNING, status.state());
    assertTrue(away.get() > 0);
    assertEquals(List.of(), test.platform().workloads().compare(desired));
  }

  private void goAway(Duration howLong) {
    proxy.down();
    Thread.ofVirtual()
        .start(() -> {
          try {
            Thread.sleep(howLong);
            proxy.up();
          } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void removesAJobFromAServerThatFailsForAWhile() throws Exception {
    var room = new Jobs.Room(Map.of(), Map.of(), Optional.empty(), Duration.ofSeconds(60));
    var job =
        new Jobs.Spec(
            "hard-to-remove", image.digest(), List.of("say=on", "sleep=60000"), Map.of(), 1, room);
    var failures = new AtomicInteger();
    try (var running = proxied.jobs().start(job, _ -> {})) {
      running.follow(_ -> false);
      // More than the client itself tries again.
      proxy.spoil(
          ApiProxy.firstOf(
              "DELETE",
              7,
              exchange -> {
                failures.incrementAndGet();
                ApiProxy.refuse(exchange, 500, "InternalError");
              }));
    }
    assertEquals(7, failures.get());
    assertTrue(
        test.platform().ownership().owned().stream()
            .noneMatch(owned -> owned.kind().equals("Job")));
  }

  @Test
  void goesOnWithoutWatches() throws Exception {
    proxy.spoil(ApiProxy.endWatches());
    assertEquals(Status.State.RUNNING, proxied.workloads().apply(next(), _ -> {}).state());
    proxy.spoil(ApiProxy.muteWatches());
    assertEquals(Status.State.RUNNING, proxied.workloads().apply(next(), _ -> {}).state());
  }

  @Test
  void waitsAsLongAsABusyServerAsks() throws Exception {
    proxy.spoil(
        ApiProxy.first(
            3,
            exchange -> {
              exchange.getResponseHeaders().set("Retry-After", "1");
              ApiProxy.refuse(exchange, 429, "TooManyRequests");
            }));
    assertEquals(Status.State.RUNNING, proxied.workloads().apply(next(), _ -> {}).state());

    proxy.spoil(ApiProxy.always(exchange -> ApiProxy.refuse(exchange, 429, "TooManyRequests")));
    Problem busy = problem(proxied.workloads());
    assertEquals(Code.KUBERNETES_UNREACHABLE, busy.code());
    assertTrue(busy.message().contains("too much to do"), busy.message());

    proxy.spoil(
        ApiProxy.always(exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "3600");
          ApiProxy.refuse(exchange, 429, "TooManyRequests");
        }));
    Problem busier = problem(proxied.workloads());
    assertEquals("It asks to be left alone for 3600 s.", busier.why().lines().findFirst().get());
  }

  @Test
  void triesAgainWhatSomebodyElseWroteInTheSameMoment() throws Exception {
    proxy.spoil(
        ApiProxy.firstOf("PATCH", 3, exchange -> ApiProxy.refuse(exchange, 409, "Conflict")));
    assertEquals(Status.State.RUNNING, proxied.workloads().apply(next(), _ -> {}).state());
    proxy.spoil(
        ApiProxy.firstOf("PATCH", 100, exchange -> ApiProxy.refuse(exchange, 409, "Conflict")));
    assertEquals(Code.KUBERNETES_REJECTED, problem(proxied.workloads()).code());
  }

  @Test
  void isPatientWithSlowAnswersAndTellsOfNoneAtAll() throws Exception {
    proxy.spoil(_ -> {
      Thread.sleep(150);
      return false;
    });
    assertEquals(Status.State.RUNNING, proxied.workloads().apply(next(), _ -> {}).state());
    proxy.spoil(_ -> {
      Thread.sleep(20_000);
      return true;
    });
    var check =
        new ClusterCheck(
            new Site(proxy.cluster(Optional.empty()), test.site().settings()),
            Duration.ofSeconds(2));
    Problem silent = assertThrows(MlopsException.class, check::look).problem();
    assertEquals(Code.KUBERNETES_UNREACHABLE, silent.code());
    assertTrue(silent.why().endsWith("within 2 s."), silent.why());

    proxy.down();
    Problem dead = assertThrows(MlopsException.class, check::look).problem();
    assertEquals(Code.KUBERNETES_UNREACHABLE, dead.code());
    assertTrue(dead.why().startsWith("There is no connection to http://127.0.0.1:"), dead.why());
  }

  @Test
  void losesNothingWhenAnswersAreLost() throws Exception {
    Desired desired = next();
    proxy.spoil(proxy.losingAnswers(4));
    assertEquals(Status.State.RUNNING, proxied.workloads().apply(desired, _ -> {}).state());
    assertEquals(List.of(), test.platform().workloads().compare(desired));
  }

  @Test
  void namesAWebhookThatDoesNotAnswerAndGoesOnWhenItIsGone() throws Exception {
    Desired desired = next();
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var webhook = webhook(silent.getLocalPort());
      test.cluster().client().resource(webhook).create();
      try {
        Problem problem = refused(test.platform().workloads(), desired);
        assertEquals(Code.KUBERNETES_ADMISSION, problem.code(), problem::toString);
        assertTrue(problem.why().contains("silent.mlops.test"), problem.why());
      } finally {
        test.cluster().client().resource(webhook).delete();
      }
    }
    Workloads workloads = test.platform().workloads();
    assertEquals(Status.State.RUNNING, workloads.apply(desired, _ -> {}).state());
  }

  @Test
  void asksForCredentialsOnceMoreAndThenSaysThatTheyAreNotGood() throws Exception {
    proxy.spoil(ApiProxy.first(1, exchange -> ApiProxy.refuse(exchange, 401, "Unauthorized")));
    Platform known = test.platformOn(proxy.cluster(Optional.of("a token")));
    assertEquals(Code.KUBERNETES_UNAUTHORIZED, problem(known.workloads()).code());
  }

  @Test
  void tellsWhenATokenHasExpired() {
    String claims = Base64.getUrlEncoder().encodeToString("{\"exp\": 1577836800}".getBytes(UTF_8));
    var cluster = TestCluster.with(Map.of("token", "e30." + claims + ".c2ln"));
    Problem problem =
        assertThrows(MlopsException.class, () -> test.platformOn(cluster).workloads().status())
            .problem();
    assertEquals(Code.KUBERNETES_UNAUTHORIZED, problem.code());
    assertEquals("The token of the context has expired at 2020-01-01T00:00:00Z.", problem.why());
    var site = new Site(cluster, test.site().settings());
    assertEquals(
        Code.KUBERNETES_LOGIN,
        assertThrows(MlopsException.class, () -> new KubeconfigCheck(site).look())
            .problem()
            .code());
  }

  @Test
  void takesTheCredentialsOfALoginProgram() throws Exception {
    String token =
        test.cluster()
            .client()
            .serviceAccounts()
            .inNamespace(test.namespace())
            .withName("default")
            .tokenRequest(
                new io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(3600L)
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    Map<String, Object> exec =
        Map.of(
            "apiVersion",
            "client.authentication.k8s.io/v1",
            "command",
            "echo",
            "args",
            List.of(
                "{\"apiVersion\": \"client.authentication.k8s.io/v1\", \"status\": {\"token\": \""
                    + token
                    + "\"}}"));
    var site = new Site(TestCluster.with(Map.of("exec", exec)), test.site().settings());
    assertEquals(
        new Result.Fine("as system:serviceaccount:" + test.namespace() + ":default"),
        new IdentityCheck(site).look());
    assertInstanceOf(Result.Fine.class, new KubeconfigCheck(site).look());
  }

  private Problem problem(Workloads workloads) {
    return refused(workloads, next());
  }

  private static Problem refused(Workloads workloads, Desired desired) {
    var leave = new ApplyOptions(false, false);
    return assertThrows(MlopsException.class, () -> workloads.apply(desired, leave, _ -> {}))
        .problem();
  }

  /** Asks a port where nobody answers about each Deployment of our namespace, and of no other. */
  private io.fabric8.kubernetes.api.model.HasMetadata webhook(int port) {
    return new ValidatingWebhookConfigurationBuilder()
        .withNewMetadata()
        .withName(test.namespace())
        .endMetadata()
        .addNewWebhook()
        .withName("silent.mlops.test")
        .withAdmissionReviewVersions("v1")
        .withSideEffects("None")
        .withTimeoutSeconds(1)
        .withFailurePolicy("Fail")
        .withNewNamespaceSelector()
        .addToMatchLabels("kubernetes.io/metadata.name", test.namespace())
        .endNamespaceSelector()
        .addNewRule()
        .withApiGroups("apps")
        .withApiVersions("v1")
        .withOperations("CREATE", "UPDATE")
        .withResources("deployments")
        .endRule()
        .withNewClientConfig()
        .withUrl("https://127.0.0.1:" + port + "/")
        .endClientConfig()
        .endWebhook()
        .build();
  }
}
