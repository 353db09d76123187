package dev.mlops.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Digest;
import dev.mlops.platform.Release;
import dev.mlops.platform.Status;
import dev.mlops.platform.Workloads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DashboardPageTest {
  private static final Digest IMAGE = Digest.of("image");

  private static final String METRICS =
      """
      # TYPE http_server_requests_total counter
      http_server_requests_total{path="/predict",method="POST",status="200"} 12
      jvm_threads_current 7
      model_prediction_drift_psi NaN
      """;

  private DashboardPage page;

  @BeforeEach
  void open() {
    page = DashboardPage.open(new Watch(new Two()), "iris <dev>", 0);
  }

  @AfterEach
  void close() {
    page.close();
  }

  @Test
  void tellsWhatEachReplicaSaysAndWhichSaysNothing() throws Exception {
    JsonNode look = new ObjectMapper().readTree(get("/look").body());
    assertEquals("degraded", look.path("state").asText());
    assertEquals(IMAGE.brief(), look.path("release").asText());
    assertEquals(
        new ObjectMapper()
            .readTree(
                "[[\"http_server_requests_total\","
                    + "{\"path\":\"/predict\",\"method\":\"POST\",\"status\":\"200\"},12.0]]"),
        look.at("/replicas/0/samples"));
    assertEquals("gone", look.at("/replicas/1/why").asText());
  }

  @Test
  void thePageIsWhole() throws Exception {
    String html = get("/").body();
    assertTrue(html.contains("<h1>iris &lt;dev></h1>"), html);
    for (String file : List.of("/dashboard.js", "/dashboard.css")) {
      assertTrue(html.contains(file.substring(1)), file);
      assertEquals(200, get(file).statusCode());
    }
    assertEquals(404, get("/etc/passwd").statusCode());
  }

  @Test
  void anotherNameForThisMachineIsRefused() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), page.address().getPort())) {
      socket
          .getOutputStream()
          .write("GET /look HTTP/1.1\r\nHost: evil.example\r\n\r\n".getBytes(UTF_8));
      assertTrue(new String(socket.getInputStream().readNBytes(12), UTF_8).endsWith("403"));
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(page.address() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  /** One replica that tells, and one that does not. */
  private static final class Two implements Workloads {
    @Override
    public Status status() {
      return new Status(
          Status.State.DEGRADED,
          Optional.empty(),
          Optional.of(new Release(IMAGE.brief(), IMAGE, Map.of())),
          new Status.Replicas(2, 1, List.of(replica("a"), replica("b"))),
          Optional.empty(),
          Optional.empty(),
          List.of());
    }

    private static Status.Replica replica(String name) {
      return new Status.Replica(
          name, "ready", 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public Optional<byte[]> ask(Status.Replica replica, String path) throws IOException {
      if (replica.name().equals("b")) {
        throw new IOException("gone");
      }
      return Optional.of(METRICS.getBytes(UTF_8));
    }

    @Override
    public List<String> compare(Desired desired) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Status apply(Desired desired, ApplyOptions options, Consumer<String> progress) {
      throw new UnsupportedOperationException();
    }
  }
}
