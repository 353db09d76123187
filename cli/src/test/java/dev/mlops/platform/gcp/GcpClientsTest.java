package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.UnimplementedException;
import com.google.api.serviceusage.v1.GetServiceRequest;
import dev.mlops.config.ConfigLoader;
import dev.mlops.config.ConfigSource;
import dev.mlops.config.GcpEndpoints;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The versions of Google's libraries work together: each client starts, asks, and is answered. */
final class GcpClientsTest {
  private static Server nothingHere;

  @TempDir private Path folder;

  @BeforeAll
  static void serve() throws Exception {
    nothingHere =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .build()
            .start();
  }

  @AfterAll
  static void stop() {
    nothingHere.shutdownNow();
  }

  @TestFactory
  Stream<DynamicTest> eachClientAsksOverGrpc() throws Exception {
    GcpClients clients = clients("grpc://127.0.0.1:" + nothingHere.getPort());
    Map<String, Executable> calls =
        Map.of(
            "container", () -> clients.clusters().getCluster("projects/p/locations/l/clusters/c"),
            "artifactregistry",
                () -> clients.repositories().getRepository("projects/p/locations/l/repositories/r"),
            "iam", () -> clients.accounts().getServiceAccount("projects/p/serviceAccounts/a"),
            "serviceusage", () -> clients.services().getOperationsClient().getOperation("o"),
            "cloudresourcemanager", () -> clients.projects().getProject("projects/p"),
            "cloudbilling", () -> clients.billing().getProjectBillingInfo("projects/p"));
    return calls.entrySet().stream()
        .map(call ->
            DynamicTest.dynamicTest(
                call.getKey(), () -> assertThrows(UnimplementedException.class, call.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> eachClientAsksOverRest() throws Exception {
    // Not an HTTP/1.1 server, which a client that has come as far as asking finds out.
    GcpClients clients = clients("http://127.0.0.1:" + nothingHere.getPort());
    Map<String, Executable> calls =
        Map.of(
            "container", () -> clients.clusters().getCluster("projects/p/locations/l/clusters/c"),
            "artifactregistry",
                () -> clients.repositories().getRepository("projects/p/locations/l/repositories/r"),
            "serviceusage",
                () ->
                    clients
                        .services()
                        .getService(
                            GetServiceRequest.newBuilder()
                                .setName("projects/p/services/s")
                                .build()),
            "cloudresourcemanager", () -> clients.projects().getProject("projects/p"),
            "cloudbilling", () -> clients.billing().getProjectBillingInfo("projects/p"));
    return calls.entrySet().stream()
        .map(call ->
            DynamicTest.dynamicTest(
                call.getKey(), () -> assertThrows(ApiException.class, call.getValue())));
  }

  @Test
  void poolsAreAskedOverRest() throws Exception {
    GcpClients clients = clients("http://127.0.0.1:" + nothingHere.getPort());
    assertThrows(
        java.io.IOException.class,
        () ->
            clients
                .pools()
                .projects()
                .locations()
                .workloadIdentityPools()
                .get("projects/p/locations/global/workloadIdentityPools/w")
                .execute());
  }

  @Test
  void serviceAccountsHaveNoRestClient() throws Exception {
    MlopsException problem =
        assertThrows(MlopsException.class, () -> clients("http://127.0.0.1:1").accounts());
    assertEquals(Code.GCP_ENDPOINT, problem.problem().code());
  }

  @Test
  void addressesComeFromTheConfigOrTheEnvironment() throws Exception {
    assertEquals(
        "container=https://10.0.0.1:8443,sts=http://localhost:9",
        endpoints("container=https://10.0.0.1:8443, sts=http://localhost:9").toString());
    assertEquals(
        "iam=grpc://127.0.0.1:1",
        load("", Map.of("MLOPS_GCP_ENDPOINTS", "iam=grpc://127.0.0.1:1")).toString());
  }

  @Test
  void nothingInPlaintextLeavesThisMachine() {
    for (String address :
        List.of("http://10.0.0.1", "grpc://example.com:1", "http://127.0.0.1.com")) {
      MlopsException problem =
          assertThrows(MlopsException.class, () -> endpoints("container=" + address));
      assertTrue(problem.getMessage().contains("plaintext"), problem.getMessage());
    }
  }

  @Test
  void unknownApisAreRefusedWithAGuess() {
    MlopsException problem =
        assertThrows(MlopsException.class, () -> endpoints("containers=https://h"));
    assertTrue(problem.getMessage().contains("'container'"), problem.getMessage());
  }

  private GcpClients clients(String address) throws Exception {
    String all =
        GcpEndpoints.APIS.stream().map(api -> api + "=" + address).collect(Collectors.joining(","));
    GcpEndpoints written = endpoints(all);
    return new GcpClients(new Endpoints(written, new TokenSource(Map.of(), written)));
  }

  private GcpEndpoints endpoints(String text) throws Exception {
    return load("gcp: {endpoints: \"" + text + "\"}", Map.of());
  }

  private GcpEndpoints load(String gcp, Map<String, String> variables) throws Exception {
    Files.writeString(
        folder.resolve("mlops.yaml"),
        "apiVersion: mlops/v1\nname: iris\nmodel: {data: d.csv, target: t}\n" + gcp + "\n");
    return assertInstanceOf(
        GcpEndpoints.class,
        ConfigLoader.loadWithoutFiles(
                new ConfigSource(folder, Optional.empty(), Optional.empty(), List.of(), variables))
            .config()
            .gcp()
            .endpoints());
  }
}
