package dev.mlops.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.tools.jib.api.Credential;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers a registry's `WWW-Authenticate`: with the user's credentials, or with a token for them
 * (see https://distribution.github.io/distribution/spec/auth/token/).
 */
record RegistryLogin(
    HttpClient client, ImageReference name, String actions, Optional<Login> login) {
  private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The value of `Authorization`; empty if there is nothing to answer with. */
  Optional<String> authorization(HttpHeaders challenge) throws IOException, InterruptedException {
    Optional<Credential> credential =
        login.isPresent()
            ? Optional.of(Credential.from(login.get().user(), login.get().secret().get()))
            : Credentials.find(name.toString());
    for (String text : challenge.allValues("WWW-Authenticate")) {
      if (text.regionMatches(true, 0, "Bearer ", 0, 7)) {
        return Optional.of("Bearer " + token(parameters(text), credential));
      }
      if (text.regionMatches(true, 0, "Basic", 0, 5)) {
        return credential.map(RegistryLogin::basic);
      }
    }
    return Optional.empty();
  }

  private String token(Map<String, String> challenge, Optional<Credential> credential)
      throws IOException, InterruptedException {
    String scope = "repository:" + name.repository() + ":" + actions;
    String service = challenge.getOrDefault("service", "");
    URI realm = URI.create(challenge.getOrDefault("realm", ""));
    HttpRequest.Builder request;
    if (credential.filter(Credential::isOAuth2RefreshToken).isPresent()) {
      String form =
          form(
              Map.of(
                  "grant_type",
                  "refresh_token",
                  "service",
                  service,
                  "scope",
                  scope,
                  "client_id",
                  "mlops",
                  "refresh_token",
                  credential.get().getPassword()));
      request =
          HttpRequest.newBuilder(realm)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(form));
    } else {
      String query = form(Map.of("service", service, "scope", scope));
      String joint = realm.getRawQuery() == null ? "?" : "&";
      request = HttpRequest.newBuilder(URI.create(realm + joint + query));
      credential.ifPresent(known -> request.header("Authorization", basic(known)));
    }
    return token(request.timeout(PATIENCE).build());
  }

  private String token(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
    if (response.statusCode() != 200) {
      // Its body may repeat what was sent.
      throw new RegistryHttp.Refusal(response.statusCode() == 403 ? 403 : 401, "");
    }
    JsonNode answer = Blobs.JSON.readTree(response.body());
    return answer.path("token").asText(answer.path("access_token").asText());
  }

  private static Map<String, String> parameters(String challenge) {
    Map<String, String> parameters = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(challenge);
    while (matcher.find()) {
      parameters.put(matcher.group(1), matcher.group(2));
    }
    return parameters;
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .sorted()
        .collect(java.util.stream.Collectors.joining("&"));
  }

  private static String basic(Credential credential) {
    String pair = credential.getUsername() + ":" + credential.getPassword();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }
}
