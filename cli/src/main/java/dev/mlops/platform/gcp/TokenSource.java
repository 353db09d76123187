package dev.mlops.platform.gcp;

import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.mlops.config.GcpEndpoints;
import dev.mlops.problem.Code;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom Google takes us for: a token of the environment, else the application default credentials,
 * which is a person's login, a service account, a federated workload or an impersonation. Renews
 * what expires; looked for when first asked.
 */
final class TokenSource {
  /** As other tools of Google's clouds call it. */
  static final String VARIABLE = "GOOGLE_OAUTH_ACCESS_TOKEN";

  private static final List<String> SCOPES =
      List.of("https://www.googleapis.com/auth/cloud-platform");

  private final Map<String, String> variables;
  private final GcpEndpoints endpoints;
  private GoogleCredentials found;

  /**
   * @param endpoints where tokens are exchanged, if not at the public {@code sts} and {@code
   *     iamcredentials}
   */
  TokenSource(Map<String, String> variables, GcpEndpoints endpoints) {
    this.variables = Map.copyOf(variables);
    this.endpoints = endpoints;
  }

  /**
   * @throws dev.mlops.problem.MlopsException if there are none
   */
  synchronized GoogleCredentials credentials() {
    if (found == null) {
      found = find();
    }
    return found;
  }

  /** A token that is good for some minutes at least. */
  String token() {
    try {
      credentials().refreshIfExpired();
      return credentials().getAccessToken().getTokenValue();
    } catch (IOException e) {
      throw Code.GCP_CREDENTIALS.problem(
          "Google gives no token for these credentials",
          "They have expired, were revoked, or the account is gone.",
          "gcloud auth application-default login",
          e);
    }
  }

  /**
   * Asks for another token, though the one that we have should still be good.
   *
   * @return whether there is one: a token of the environment can't be renewed
   */
  boolean renew() {
    try {
      if (isAsked()) {
        found.refresh();
      }
      return isAsked();
    } catch (IOException | IllegalStateException e) {
      return false;
    }
  }

  /** Where nothing was sent with credentials, none are looked for. */
  private synchronized boolean isAsked() {
    return found != null;
  }

  private GoogleCredentials find() {
    Optional<String> given =
        Optional.ofNullable(variables.get(VARIABLE)).filter(token -> !token.isBlank());
    if (given.isPresent()) {
      return GoogleCredentials.create(new AccessToken(whole(given.get().strip()), null));
    }
    try {
      return applicationDefault().createScoped(SCOPES);
    } catch (IOException e) {
      throw Code.GCP_CREDENTIALS.problem(
          "There are no credentials for Google Cloud",
          "Looked at "
              + VARIABLE
              + ", GOOGLE_APPLICATION_CREDENTIALS, the login of"
              + " `gcloud auth application-default login` and the metadata server.",
          "gcloud auth application-default login",
          e);
    }
  }

  /** No header can hold another one, and who refuses it would say what it was. */
  private static String whole(String token) {
    if (!token.matches("[!-~]+")) {
      throw Code.GCP_CREDENTIALS.problem(
          VARIABLE + " is no token",
          "There is a space, a line break or a letter in it that tokens do not have.",
          "export " + VARIABLE + "=$(gcloud auth print-access-token)");
    }
    return token;
  }

  private GoogleCredentials applicationDefault() throws IOException {
    HttpTransportFactory transport = () -> new JdkTransport(Rest.CLIENT.get(), this::address);
    String file = variables.getOrDefault("GOOGLE_APPLICATION_CREDENTIALS", "");
    if (file.isEmpty()) {
      return GoogleCredentials.getApplicationDefault(transport);
    }
    try (var json = Files.newInputStream(Path.of(file))) {
      return GoogleCredentials.fromStream(json, transport);
    }
  }

  /** A file of credentials names the public addresses of those that exchange them. */
  private URI address(URI named) {
    return Optional.ofNullable(named.getHost())
        .filter(host -> host.endsWith(".googleapis.com"))
        .flatMap(host -> endpoints.of(host.replaceFirst("\\.googleapis\\.com$", "")))
        .map(other ->
            URI.create(
                other
                    + named.getRawPath()
                    + (named.getRawQuery() == null ? "" : "?" + named.getRawQuery())))
        .orElse(named);
  }
}
