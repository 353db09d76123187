package dev.mlops.ci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.Code;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * Who this run of GitHub Actions is, in a token that its issuer signs anew for each audience and
 * that is good for some minutes.
 *
 * @see <a href="https://docs.github.com/actions/reference/security/oidc">OpenID Connect</a>
 */
public final class RunIdentity {
  private static final String URL = "ACTIONS_ID_TOKEN_REQUEST_URL";
  private static final String BEARER = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int OK = 200;

  private final Map<String, String> variables;

  public RunIdentity(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /**
   * @throws dev.mlops.problem.MlopsException if this is no job that may have one
   */
  public String token(String audience) throws InterruptedException {
    String url = variables.getOrDefault(URL, "");
    if (url.isEmpty()) {
      throw Code.CI_IDENTITY.problem(
          "This is no job with an identity",
          URL + " is not set.",
          "Give the job `permissions: {id-token: write}`");
    }
    URI address = URI.create(url + "&audience=" + URLEncoder.encode(audience, UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + variables.getOrDefault(BEARER, ""))
            .header("Accept", "application/json")
            .build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      String token = new ObjectMapper().readTree(answer.body()).path("value").asText();
      if (answer.statusCode() != OK || token.isEmpty()) {
        throw new IOException("status " + answer.statusCode());
      }
      return token;
    } catch (IOException e) {
      throw Code.CI_IDENTITY.problem("GitHub gives this job no token", "", "Run the job again.", e);
    }
  }

  /**
   * The token in the form that clients of Kubernetes take from a program.
   *
   * @see <a
   *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins">
   *     client-go credential plugins</a>
   */
  public ObjectNode execCredential(String audience) throws InterruptedException {
    String token = token(audience);
    ObjectNode credential =
        JsonNodeFactory.instance
            .objectNode()
            .put("apiVersion", "client.authentication.k8s.io/v1")
            .put("kind", "ExecCredential");
    credential
        .putObject("status")
        .put("token", token)
        .put("expirationTimestamp", expiry(token).toString());
    return credential;
  }

  private static Instant expiry(String token) {
    try {
      String[] parts = token.split("\\.", -1);
      JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
      return Instant.ofEpochSecond(claims.path("exp").asLong());
    } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw Code.CI_IDENTITY.problem(
          "GitHub's token is not in the form that it should be", "", "Run the job again.", e);
    }
  }
}
