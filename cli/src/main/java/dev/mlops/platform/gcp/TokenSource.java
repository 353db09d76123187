package dev.mlops.platform.gcp;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.mlops.platform.kubernetes.Lazy;
import dev.mlops.problem.Code;
import java.io.IOException;
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

  private final Lazy<GoogleCredentials> credentials;

  TokenSource(Map<String, String> variables) {
    credentials = new Lazy<>(() -> find(variables));
  }

  /**
   * @throws dev.mlops.problem.MlopsException if there are none
   */
  GoogleCredentials credentials() {
    return credentials.get();
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

  private static GoogleCredentials find(Map<String, String> variables) {
    Optional<String> given =
        Optional.ofNullable(variables.get(VARIABLE)).filter(token -> !token.isBlank());
    if (given.isPresent()) {
      return GoogleCredentials.create(new AccessToken(given.get().strip(), null));
    }
    try {
      return GoogleCredentials.getApplicationDefault().createScoped(SCOPES);
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
}
