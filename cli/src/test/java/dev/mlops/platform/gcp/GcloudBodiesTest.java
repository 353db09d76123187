package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.platform.gcp.fake.FakeGoogle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What we ask for beside what {@code gcloud} 528 asks for when it is given the commands of {@code
 * plan --explain}: its requests were recorded. Each difference is named here.
 */
final class GcloudBodiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path RECORDED = Path.of("src/test/resources/gcloud");

  @TempDir private Path folder;

  @Test
  void standardClusters() throws Exception {
    ObjectNode theirs = recorded("CreateCluster");
    ObjectNode ours = asked("", "CreateCluster");
    without(theirs, "/cluster/ipAllocationPolicy", "createSubnetwork"); // false, as left out
    without(ours, "/cluster", "masterAuth"); // no client certificate, as left out
    assertEquals(theirs, ours);
  }

  @Test
  void autopilotClusters() throws Exception {
    ObjectNode theirs = recorded("CreateAutoCluster");
    ObjectNode ours = asked("cluster: {kind: autopilot, name: mlops-auto}", "CreateCluster");
    without(theirs, "/cluster/ipAllocationPolicy", "createSubnetwork"); // false, as left out
    without(theirs, "/cluster/nodePools/0/config", "oauthScopes"); // e-mail too, which ours implies
    without(ours, "/cluster/nodePools/0/config", "oauthScopes");
    without(ours, "/cluster", "releaseChannel"); // regular, as left out
    assertEquals(theirs, ours);
  }

  @Test
  void repositories() throws Exception {
    ObjectNode theirs = recorded("CreateRepository");
    JsonNode ours = asked("", "CreateRepository").path("repository");
    without(theirs, "", "mode", "name"); // unspecified; of the parent and the id
    without(ours, "", "cleanupPolicies", "description"); // gcloud takes policies by a file alone
    assertEquals(theirs, ours);
  }

  @Test
  void accounts() throws Exception {
    ObjectNode ours = asked("", "CreateServiceAccount");
    without(ours, "", "name"); // in the path of theirs
    assertEquals(recorded("CreateServiceAccount"), ours);
  }

  @Test
  void poolsAndProviders() throws Exception {
    for (String kind : List.of("Pool", "Provider")) {
      ObjectNode theirs = recorded("Create" + kind);
      JsonNode ours = asked("", "workloadIdentityPool" + kind.replace("Pool", "") + "Id=");
      without(theirs, "", "disabled"); // false, as left out
      without(ours, "", "description", "displayName"); // marks it as ours
      assertEquals(theirs, ours, kind);
    }
  }

  @Test
  void billing() throws Exception {
    JsonNode ours = asked("", "UpdateProjectBillingInfo").path("projectBillingInfo");
    assertEquals(recorded("UpdateProjectBillingInfo"), ours);
  }

  private static void without(JsonNode body, String at, String... fields) {
    ((ObjectNode) body.at(at)).remove(List.of(fields));
  }

  private static ObjectNode recorded(String name) throws Exception {
    return (ObjectNode) JSON.readTree(Files.readString(RECORDED.resolve(name + ".json")));
  }

  /** The first request of ours by this name. */
  private ObjectNode asked(String settings, String name) throws Exception {
    try (var google = new GoogleProject(FakeGoogle::endpoints)) {
      google.ensureAll(folder, settings);
      String request =
          google.fake().journal().mutations().stream()
              .filter(call -> call.method().contains(name))
              .findFirst()
              .orElseThrow()
              .request();
      return (ObjectNode) JSON.readTree(request);
    }
  }
}
