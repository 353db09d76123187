package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.mlops.platform.Provisioning;
import dev.mlops.platform.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Google's own command line takes each of the commands that a person is told to type. */
final class GcloudCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SETTINGS =
      List.of(
          "parent: folders/123\nbillingAccount: 012345-6789AB-CDEF01",
          "location: us-central1-a\nmode: impersonation\nroles: [roles/storage.objectViewer]",
          "cluster: {kind: autopilot}",
          "cluster: {zones: [us-central1-a, us-central1-b], nodes: {min: 0, max: 3}}");

  @TempDir private Path folder;

  @Test
  void takesEveryCommandWithItsFlags() throws Exception {
    Set<String> commands = new TreeSet<>();
    for (String settings : SETTINGS) {
      commands.addAll(commands(settings));
    }
    assertTrue(commands.size() > 20, commands.toString());
    Optional<JsonNode> verdicts = judge(commands);
    assumeTrue(verdicts.isPresent(), "gcloud, or its checker of commands, is not there");
    List<String> wrong = new ArrayList<>();
    for (JsonNode verdict : verdicts.get()) {
      if (!verdict.path("success").asBoolean()) {
        wrong.add(verdict.path("command_string") + ": " + verdict.path("error_message"));
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(commands.size(), verdicts.get().size());
  }

  private List<String> commands(String settings) {
    try (var gcp = new GcpFixture(folder, settings)) {
      Provisioning provisioning = new GcpProvisioning(gcp.site, null, Optional.empty());
      Stream<String> resources =
          Stream.concat(provisioning.resources().stream(), provisioning.onDemand().stream())
              .map(Resource::id);
      return Stream.concat(
              resources, Stream.of("publish-image", "apply-workload", IdentityVerification.ID))
          .map(provisioning::byHand)
          .peek(hand -> assertTrue(!hand.commands().isEmpty() && hand.page().isPresent()))
          .flatMap(hand -> hand.commands().stream())
          .filter(command -> command.startsWith("gcloud "))
          .toList();
    }
  }

  /** Looks at words and flags alone: nobody is asked, and nothing is sent. */
  private Optional<JsonNode> judge(Set<String> commands) throws IOException, InterruptedException {
    ArrayNode file = JSON.createArrayNode();
    commands.forEach(command -> file.addObject().put("command_string", command));
    Path list = Files.writeString(folder.resolve("commands.json"), file.toString());
    Path answer = folder.resolve("verdicts.json");
    var builder =
        new ProcessBuilder("gcloud", "meta", "lint-gcloud-commands", "--commands-file=" + list)
            .redirectOutput(answer.toFile())
            .redirectError(folder.resolve("errors.txt").toFile());
    builder.environment().put("CLOUDSDK_CONFIG", folder.resolve("gcloud").toString());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return Optional.empty();
    }
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(answer.toFile())).filter(JsonNode::isArray);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
