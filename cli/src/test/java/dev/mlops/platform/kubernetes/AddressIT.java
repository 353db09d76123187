package dev.mlops.platform.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Forwards;
import dev.mlops.platform.Status;
import dev.mlops.platform.local.TestImage;
import dev.mlops.platform.local.TestManifests;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of way to the service; what a controller would do to an object is done by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class AddressIT {
  /** As the standard channel has them, but for the schema. */
  private static final String GATEWAY_API =
      definition("Gateway", "gateways") + definition("HTTPRoute", "httproutes");

  private KubernetesEnvironment test;
  private TestImage image;
  private TestManifests inside;
  private final List<String> story = new CopyOnWriteArrayList<>();

  private static String definition(String kind, String plural) {
    return """
    ---
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: %s.gateway.networking.k8s.io
      annotations: {api-approved.kubernetes.io: unapproved, made-by: mlops-it}
    spec:
      group: gateway.networking.k8s.io
      scope: Namespaced
      names: {kind: %s, plural: %s}
      versions:
        - name: v1
          served: true
          storage: true
          subresources: {status: {}}
          schema:
            openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
    """
        .formatted(plural, kind, plural);
  }

  @BeforeAll
  void deploy(@TempDir Path folder) throws Exception {
    test = new KubernetesEnvironment(folder);
    image = test.published("one");
    inside = withService(service -> service.withObject("spec").put("type", "ClusterIP"));
    apply(inside.release(image));
  }

  private static TestManifests withService(java.util.function.Consumer<ObjectNode> change) {
    List<ObjectNode> objects = new ArrayList<>(TestManifests.replicas(1).objects());
    ObjectNode service = objects.get(1).deepCopy();
    change.accept(service);
    objects.set(1, service);
    return new TestManifests(objects);
  }

  @AfterAll
  void remove() {
    if (test != null) {
      test.close();
    }
  }

  private Status apply(Desired desired) throws InterruptedException {
    return test.platform().workloads().apply(desired, story::add);
  }

  @Test
  @Order(1)
  void withoutAnAddressAForwardedPortLeadsToWhateverServes() throws Exception {
    assertEquals(Optional.empty(), test.status().endpoint());
    URI address;
    try (var forward = test.platform().forwards().open(Forwards.FREE_PORT, story::add)) {
      address = forward.address();
      assertTrue(get(address).startsWith("hello"), story.toString());
      String former = test.status().replicas().all().getFirst().name();
      test.cluster().client().pods().inNamespace(test.namespace()).withName(former).delete();
      String again = eventually(address);
      assertTrue(again.startsWith("hello"), story.toString());
      assertTrue(
          test.status().replicas().all().stream()
              .anyMatch(r -> r.state().equals("ready") && !r.name().equals(former)));
    }
    assertThrows(IOException.class, () -> get(address));
  }

  @Test
  @Order(2)
  void anIngressIsWaitedForUntilItHasAnAddress() throws Exception {
    TestManifests with =
        inside.and(
            """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: tiny}
            spec:
              tls: [{hosts: [tiny.example], secretName: none}]
              rules:
                - host: tiny.example
                  http:
                    paths:
                      - {path: /, pathType: Prefix,
                         backend: {service: {name: tiny, port: {number: 80}}}}
            """);
    Thread controller =
        Thread.ofVirtual()
            .start(() ->
                giveStatus(
                    new Kind("networking.k8s.io/v1", "Ingress"),
                    "{\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"127.20.0.9\"}]}}}"));
    Status status = apply(with.release(image));
    controller.join();
    assertEquals(Optional.of(URI.create("https://tiny.example")), status.endpoint());
  }

  @Test
  @Order(3)
  void aGatewayIsUsed() throws Exception {
    var client = test.cluster().client();
    var definitions = client.load(stream(GATEWAY_API));
    boolean made = definitions.get().stream().allMatch(found -> found == null);
    try {
      if (made) {
        definitions.create();
        Thread.sleep(Duration.ofSeconds(2));
      }
      TestManifests with =
          inside
              .and(
                  """
                  apiVersion: gateway.networking.k8s.io/v1
                  kind: Gateway
                  metadata: {name: tiny}
                  spec:
                    gatewayClassName: none
                    listeners: [{name: web, port: 8081, protocol: HTTP}]
                  """)
              .and(
                  """
                  apiVersion: gateway.networking.k8s.io/v1
                  kind: HTTPRoute
                  metadata: {name: tiny}
                  spec:
                    parentRefs: [{name: tiny}]
                    rules: [{backendRefs: [{name: tiny, port: 80}]}]
                  """);
      Thread controller =
          Thread.ofVirtual()
              .start(() ->
                  giveStatus(
                      new Kind("gateway.networking.k8s.io/v1", "Gateway"),
                      "{\"status\":{\"addresses\":[{\"value\":\"127.20.0.9\"}]}}"));
      Status status = apply(with.release(image));
      controller.join();
      assertEquals(Optional.of(URI.create("http://127.20.0.9:8081")), status.endpoint());
      apply(inside.release(image));
    } finally {
      if (made) {
        definitions.delete();
      }
    }
  }

  @Test
  @Order(4)
  void whatNobodyGivesAnAddressIsNotWaitedForLong() throws Exception {
    ObjectNode service =
        withService(s -> s.withObject("spec").put("loadBalancerClass", "example.com/none"))
            .objects()
            .get(1);
    service.withObject("metadata").put("name", "nobodys");
    new Applier(test.cluster(), test.namespace(), false).apply(service);
    List<String> told = new ArrayList<>();
    new AddressWait(test.site(), Duration.ofMinutes(1), Duration.ofSeconds(1)).await(told::add);
    assertTrue(told.getLast().startsWith("Service nobodys has no address"), told.toString());
    Status status = test.status();
    assertEquals(Status.State.RUNNING, status.state());
    assertEquals(List.of(told.getLast()), status.notes());
  }

  /** Once it is waited for. */
  private void giveStatus(Kind kind, String status) {
    var objects =
        test.cluster()
            .client()
            .genericKubernetesResources(kind.apiVersion(), kind.kind())
            .inNamespace(test.namespace());
    while (story.stream()
        .noneMatch(line -> line.startsWith("waiting for an address of " + kind.kind() + " tiny"))) {
      pause(100);
    }
    objects
        .withName("tiny")
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), status);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static java.io.InputStream stream(String text) {
    return new java.io.ByteArrayInputStream(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private String eventually(URI address) throws InterruptedException {
    for (int attempt = 0; ; attempt++) {
      try {
        return get(address);
      } catch (IOException e) {
        assertTrue(attempt < 30, story.toString());
        Thread.sleep(500);
      }
    }
  }

  private static String get(URI address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(address.resolve("/hi"))
                  .timeout(Duration.ofSeconds(20))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
