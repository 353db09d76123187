package dev.mlops.platform.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.mlops.config.GcpEndpoints;
import dev.mlops.platform.gcp.fake.Journal;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom Google takes us for, where a token goes, and what happens when it is taken no longer. */
final class TokenSourceTest {
  private static final GcpEndpoints HERE =
      new GcpEndpoints(Map.of("compute", URI.create("http://127.0.0.1:1")));

  @TempDir private Path folder;

  @Test
  void aTokenOfTheEnvironmentIsTakenFirstAndCannotBeRenewed() {
    var tokens = new TokenSource(Map.of(TokenSource.VARIABLE, " a-token\n"), GcpEndpoints.PUBLIC);
    assertFalse(tokens.renew(), "nobody has asked for it yet");
    assertEquals("a-token", tokens.token());
    assertFalse(tokens.renew());
    assertEquals("a-token", tokens.token());
  }

  /** Else the client that can't send it says in its error what it was. */
  @ParameterizedTest
  @ValueSource(
      strings = {"ya29.secret with a space", "ya29.secret\nHeader: x", "ya29.secret\u00e9"})
  void whatCanBeNoTokenIsRefusedAndNotShown(String text) {
    var tokens = new TokenSource(Map.of(TokenSource.VARIABLE, text), GcpEndpoints.PUBLIC);
    MlopsException refused = assertThrows(MlopsException.class, tokens::token);
    assertEquals(Code.GCP_CREDENTIALS, refused.problem().code());
    assertFalse(refused.toString().contains("secret"), refused.toString());
    assertFalse(refused.problem().toString().contains("secret"), refused.problem().toString());
  }

  @Test
  void tokensGoToGoogleAloneAndNeverInPlaintext() {
    var tokens = new TokenSource(Map.of(TokenSource.VARIABLE, "a-token"), HERE);
    var clients = new GcpClients(new Endpoints(HERE, tokens));
    assertTrue(clients.rest("monitoring").tokens().isPresent());
    assertEquals(Optional.empty(), clients.rest("compute").tokens());
    assertEquals(Optional.empty(), clients.github().tokens());
  }

  @Test
  void privateEndpointsOnThisMachineGetTokensToo() {
    var tunnel = new GcpEndpoints(Map.of("compute", URI.create("https://127.0.0.1:8443")));
    var tokens = new TokenSource(Map.of(TokenSource.VARIABLE, "a-token"), tunnel);
    assertTrue(new Endpoints(tunnel, tokens).tokensFor(tunnel.of("compute").get()).isPresent());
  }

  @Test
  void aCallThatIsRefusedOnceIsMadeAgainWithANewToken() throws Exception {
    List<String> calls = new ArrayList<>();
    var policy =
        new Policy(
            new Pace(Duration.ofMillis(1), Duration.ofMillis(1)),
            () -> {
              calls.add("renew");
              return true;
            });
    String answer =
        policy.read(
            "ask",
            () -> {
              calls.add("call");
              if (calls.size() == 1) {
                throw new Rest.Refusal(401, MissingNode.getInstance());
              }
              return "answer";
            });
    assertEquals("answer", answer);
    assertEquals(List.of("call", "renew", "call"), calls);
  }

  @Test
  void aFederatedWorkloadExchangesItsTokenWhereTheConfigSays() throws Exception {
    try (var google = new GoogleProject()) {
      google.ensureAll(folder, "");
      Path subject = Files.writeString(folder.resolve("subject"), "a-token-of-github");
      Path file =
          Files.writeString(
              folder.resolve("credentials.json"),
              """
              {"type": "external_account",
               "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/github",
               "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
               "token_url": "https://sts.googleapis.com/v1/token",
               "service_account_impersonation_url": "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/iris-prod-ci@my-mlops-project.iam.gserviceaccount.com:generateAccessToken",
               "credential_source": {"file": "%s"}}
              """
                  .formatted(subject));
      URI fake = URI.create("http://127.0.0.1:" + google.fake().restPort());
      var tokens =
          new TokenSource(
              Map.of("GOOGLE_APPLICATION_CREDENTIALS", file.toString()),
              new GcpEndpoints(Map.of("sts", fake, "iamcredentials", fake)));
      google.fake().journal().clear();

      assertTrue(tokens.token().startsWith("ya29."));
      assertTrue(tokens.renew());
      List<String> asked =
          google.fake().journal().calls().stream().map(Journal.Call::verb).distinct().toList();
      assertEquals(
          List.of(
              "token", "iris-prod-ci@my-mlops-project.iam.gserviceaccount.com:generateAccessToken"),
          asked);
    }
  }
}
