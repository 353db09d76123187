package dev.mlops.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mlops.ci.actions.Event;
import dev.mlops.ci.actions.Runner;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Delivery to the runner's own machine, which keeps what it runs between jobs. */
final class LocalDeliveryIT extends DeliveryFlow {
  private int port;
  private final int number = ThreadLocalRandom.current().nextInt(1, 500);

  @BeforeAll
  void start() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    begin(".mlops/local");
  }

  @Override
  String environments() {
    return """
    dev: {local: {port: %d}}
    prod: {local: {port: %d}}
    """
        .formatted(port, port);
  }

  @Override
  JsonNode status() throws Exception {
    return inWorkspace("status", "-e", "prod");
  }

  @Override
  JsonNode preview(int number) throws Exception {
    return inWorkspace("ci", "preview", "status", Integer.toString(number));
  }

  @Override
  int number() {
    return number;
  }

  @Override
  void clear() throws Exception {
    if (Files.exists(work().resolve("mlops.yaml"))) {
      new Tool(work()).run("destroy", "-e", "prod", "--confirm", "prod");
      new Tool(work()).run("ci", "preview", "down", Integer.toString(number));
    }
  }

  @Override
  void slowDown() throws IOException {
    edit("loadtest.yaml", "- " + OBJECTIVE, "- p95<0.001ms");
  }

  @Test
  @Order(5)
  void theNextCommitUpdatesTheOneComment() throws Exception {
    edit("mlops.yaml", "epochs: 60", "epochs: 70");
    Map<String, Runner.Job> jobs = request("synchronize", commit("Train longer"), Event.REPOSITORY);

    assertEquals("success", jobs.get("comment").result(), jobs.get("comment").log());
    assertEquals(1, gitHub.comments(number()).size());
    assertTrue(gitHub.comments(number()).getFirst().contains("| `50` | `70` |"));
  }

  @Test
  @Order(6)
  void aForkGetsNoCredentialsAndItsTextDoesNothing() throws Exception {
    Path proof = temp.resolve("injected");
    String title = "x\"; touch " + proof + "; echo $(touch " + proof + ") `touch " + proof + "`";
    int before = gitHub.journal().size();
    Map<String, Runner.Job> jobs =
        runner.run(workflow(REQUEST), event("opened", 1, head(), "stranger/iris", title));

    assertResults(
        jobs, "check", "success", "preview", "skipped", "comment", "skipped", "remove", "skipped",
        "expire", "skipped");
    assertFalse(Files.exists(proof), "the title was run");
    assertEquals(before, gitHub.journal().size(), "GitHub was asked with a token");
    assertTrue(jobs.get("check").summary().contains("| accuracy |"));
  }

  /** The daily run; nothing of this project's is old. */
  @Test
  @Order(10)
  void theDailyRunLeavesWhatIsInUse() throws Exception {
    Map<String, Runner.Job> jobs = runner.run(workflow(REQUEST), Event.schedule("main", mainSha));

    assertEquals("success", jobs.get("expire").result(), jobs.get("expire").log());
    assertEquals(release, status().path("release").asText());
  }

  private JsonNode inWorkspace(String... args) throws Exception {
    String[] all = new String[args.length + 2];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "-o";
    all[args.length + 1] = "json";
    return new Tool(work()).run(all).expect(0).json();
  }

  private Path work() {
    return temp.resolve("runner/work");
  }
}
