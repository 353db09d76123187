package dev.mlops.platform.gcp;

import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.ExternalAccountCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import dev.mlops.config.GcpEndpoints;
import dev.mlops.platform.Check;
import java.util.Optional;

/** Whether there are credentials that give a token, and whose they are. */
record CallerCheck(Site site) implements Check {
  @Override
  public String id() {
    return "gcp-credentials";
  }

  @Override
  public String title() {
    return "Credentials of Google Cloud";
  }

  @Override
  public Result look() {
    if (site.config().endpoints().of("container").filter(GcpEndpoints::isPlaintext).isPresent()) {
      return new Result.NotApplicable("The APIs are on this machine, which gets no credentials.");
    }
    TokenSource tokens = site.clients().endpoints().tokens();
    // Asked for and thrown away: a login that has ended shows here, not minutes later.
    boolean isEmpty = tokens.token().isEmpty();
    return isEmpty
        ? new Result.Warning("Google gave an empty token", "gcloud auth application-default login")
        : new Result.Fine(who(tokens.credentials()));
  }

  private static String who(GoogleCredentials credentials) {
    return switch (credentials) {
      case ImpersonatedCredentials impersonated -> "as " + impersonated.getAccount();
      case ServiceAccountCredentials account -> "as " + account.getClientEmail();
      case ExternalAccountCredentials federated ->
          Optional.ofNullable(federated.getServiceAccountEmail())
              .map(email -> "as " + email + ", federated")
              .orElse("as a federated workload");
      case ComputeEngineCredentials machine -> "as " + machine.getAccount() + ", of this machine";
      case UserCredentials _ -> "by a person's login";
      default -> "by " + TokenSource.VARIABLE;
    };
  }
}
