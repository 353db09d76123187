package dev.mlops.ci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunIdentityTest {
  @TempDir private Path folder;

  @Test
  void aClusterGetsAFreshTokenForItself() throws Exception {
    try (FakeGitHub gitHub = new FakeGitHub()) {
      JsonNode credential =
          new RunIdentity(gitHub.variablesOfAJob()).execCredential("https://cluster.example.com");
      String claims =
          new String(
              Base64.getUrlDecoder()
                  .decode(credential.at("/status/token").asText().split("\\.", -1)[1]),
              UTF_8);

      assertEquals("ExecCredential", credential.path("kind").asText());
      assertTrue(claims.contains("https://cluster.example.com"), claims);
      assertTrue(
          Instant.parse(credential.at("/status/expirationTimestamp").asText())
              .isAfter(Instant.now()));
    }
  }

  @Test
  void aForksRunHasNoIdentity() {
    MlopsException none =
        assertThrows(MlopsException.class, () -> new RunIdentity(Map.of()).token("x"));

    assertEquals(Code.CI_IDENTITY, none.problem().code());
  }

  @Test
  void theKubeconfigHoldsNoSecretAndAsksTheToolForTokens() throws IOException {
    Path file = login().cluster("team", "/opt/mlops");
    JsonNode config = new ObjectMapper().readTree(file.toFile());

    assertEquals("team", config.path("current-context").asText());
    assertEquals("https://10.0.0.1:6443", config.at("/clusters/0/cluster/server").asText());
    assertEquals(
        "-----BEGIN CERTIFICATE-----\nQQ==\n",
        new String(
            Base64.getDecoder()
                .decode(config.at("/clusters/0/cluster/certificate-authority-data").asText()),
            UTF_8));
    assertEquals("/opt/mlops", config.at("/users/0/user/exec/command").asText());
    assertEquals(
        "[\"ci\",\"token\",\"https://10.0.0.1:6443\"]",
        config.at("/users/0/user/exec/args").toString());
    assertFalse(config.toString().contains("s3cret"));
    assertEquals("KUBECONFIG=" + file + "\n", Files.readString(folder.resolve("env")));
  }

  @Test
  void theRegistrysTokenIsReadableForNobodyElse() throws IOException {
    Path file = login().registry("ghcr.io");
    JsonNode config = new ObjectMapper().readTree(file.toFile());

    assertEquals(
        "me:s3cret",
        new String(Base64.getDecoder().decode(config.at("/auths/ghcr.io/auth").asText()), UTF_8));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(
        "DOCKER_CONFIG=" + file.getParent() + "\n", Files.readString(folder.resolve("env")));
  }

  private RunLogin login() {
    Map<String, String> variables = new HashMap<>();
    variables.put("MLOPS_KUBE_SERVER", "https://10.0.0.1:6443");
    variables.put("MLOPS_KUBE_CA", "-----BEGIN CERTIFICATE-----\nQQ==");
    variables.put("GITHUB_TOKEN", "s3cret");
    variables.put("GITHUB_ACTOR", "me");
    variables.put("RUNNER_TEMP", folder.toString());
    variables.put("GITHUB_ENV", folder.resolve("env").toString());
    return new RunLogin(variables);
  }
}
