package dev.mlops.drift;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.mlops.platform.ApplyOptions;
import dev.mlops.platform.Desired;
import dev.mlops.platform.Status;
import dev.mlops.platform.Workloads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DriftSurveyTest {
  private final List<HttpServer> servers = new ArrayList<>();
  private final List<Status.Replica> replicas = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  @Test
  void addsTheReplicasUp() throws Exception {
    replica("a", "sha256:1", 100, 300);
    replica("b", "sha256:1", 500, 100);
    DriftSurvey survey = survey();
    assertEquals(2, survey.answered());
    assertEquals(List.of(), survey.notes());
    DriftCounts counts = survey.counts().orElseThrow();
    assertEquals(1000, counts.rows());
    assertEquals(
        List.of(new Bin("<1.0", 50, 600), new Bin(">=1.0", 50, 400)),
        counts.features().getFirst().bins());
  }

  @Test
  void countsTheModelThatMostReplicasServe() throws Exception {
    replica("a", "sha256:1", 100, 300);
    replica("b", "sha256:2", 7, 7);
    replica("c", "sha256:1", 100, 300);
    DriftSurvey survey = survey();
    assertEquals(3, survey.asked());
    assertEquals(2, survey.answered());
    assertEquals("sha256:1", survey.counts().orElseThrow().model());
    assertTrue(survey.notes().getFirst().contains("another model"), survey.notes().toString());
  }

  @Test
  void saysWhoDidNotTell() throws Exception {
    replicas.add(replica("gone", Optional.of(URI.create("http://127.0.0.1:1"))));
    replicas.add(replica("hidden", Optional.empty()));
    DriftSurvey survey = survey();
    assertEquals(Optional.empty(), survey.counts());
    assertEquals(2, survey.notes().size());
    assertTrue(survey.notes().get(1).startsWith("hidden can't be reached"));
  }

  private DriftSurvey survey() throws InterruptedException {
    Status status =
        new Status(
            Status.State.RUNNING,
            Optional.empty(),
            Optional.empty(),
            new Status.Replicas(replicas.size(), replicas.size(), replicas),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return DriftSurvey.of(status, new Reachable());
  }

  private void replica(String name, String model, long below, long above) throws IOException {
    String column =
        "{\"name\":\"x\",\"ordered\":true,\"bins\":[{\"bin\":\"<1.0\",\"trained\":50,\"seen\":"
            + below
            + "},{\"bin\":\">=1.0\",\"trained\":50,\"seen\":"
            + above
            + "}]}";
    byte[] body =
        ("{\"model\":\""
                + model
                + "\",\"features\":["
                + column
                + "],\"prediction\":"
                + column
                + "}")
            .getBytes(UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/drift",
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    servers.add(server);
    replicas.add(
        replica(
            name, Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))));
  }

  private static Status.Replica replica(String name, Optional<URI> endpoint) {
    return new Status.Replica(
        name, "ready", 0, endpoint, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Asks replicas by their addresses, as the port itself does. */
  private static final class Reachable implements Workloads {
    @Override
    public Status status() {
      return Status.NOTHING;
    }

    @Override
    public List<String> compare(Desired desired) {
      return List.of();
    }

    @Override
    public Status apply(Desired desired, ApplyOptions options, Consumer<String> progress) {
      return Status.NOTHING;
    }
  }
}
