package dev.mlops.ci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlops.problem.Code;
import dev.mlops.problem.MlopsException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One repository by GitHub's REST API.
 *
 * @see <a href="https://docs.github.com/rest?apiVersion=2022-11-28">GitHub REST API</a>
 */
public final class GitHub {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int ATTEMPTS = 4;
  private static final int PAGE = 100;
  private static final int NOT_FOUND = 404;
  private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);

  /** The token is sent nowhere else. */
  private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");

  private final URI api;
  private final String repository;
  private final String token;

  private GitHub(URI api, String repository, String token) {
    this.api = api;
    this.repository = repository;
    this.token = token;
  }

  /**
   * As a job of GitHub Actions tells it; elsewhere as far as somebody has set it.
   *
   * @param configured {@code owner/name}, in place of {@code GITHUB_REPOSITORY}
   * @return absent if there is no token
   */
  public static Optional<GitHub> of(Map<String, String> variables, Optional<String> configured) {
    String token = variables.getOrDefault("GITHUB_TOKEN", variables.getOrDefault("GH_TOKEN", ""));
    if (token.isBlank()) {
      return Optional.empty();
    }
    URI api = URI.create(variables.getOrDefault("GITHUB_API_URL", "https://api.github.com"));
    boolean safe =
        "https".equals(api.getScheme())
            || ("http".equals(api.getScheme()) && LOOPBACK.contains(api.getHost()));
    if (!safe) {
      throw Code.CI_GITHUB.problem(
          "GITHUB_API_URL is " + api, "A token is sent by https only.", "unset GITHUB_API_URL");
    }
    String repository =
        Optional.ofNullable(variables.get("GITHUB_REPOSITORY"))
            .filter(name -> !name.isBlank())
            .or(() -> configured)
            .orElseThrow(() ->
                Code.CI_GITHUB.problem(
                    "Which repository is not known",
                    "Outside of GitHub Actions the config has to say it.",
                    "Set ci.repository to owner/name"));
    return Optional.of(new GitHub(api, repository, token));
  }

  /** Needs a token. */
  public static GitHub required(Map<String, String> variables, Optional<String> configured) {
    return of(variables, configured)
        .orElseThrow(() ->
            Code.CI_GITHUB.problem(
                "There is no token for GitHub",
                "GITHUB_TOKEN and GH_TOKEN are not set.",
                "In a workflow: env: {GITHUB_TOKEN: ${{ github.token }}}; elsewhere: export"
                    + " GITHUB_TOKEN=$(gh auth token)"));
  }

  public String repository() {
    return repository;
  }

  /** Absent if there is no such thing. */
  Optional<JsonNode> find(String path) throws InterruptedException {
    HttpResponse<byte[]> answer = send("GET", path, Optional.empty());
    return answer.statusCode() == NOT_FOUND
        ? Optional.empty()
        : Optional.of(body(answer, "GET", path));
  }

  JsonNode get(String path) throws InterruptedException {
    return body(send("GET", path, Optional.empty()), "GET", path);
  }

  JsonNode send(String method, String path, ObjectNode body) throws InterruptedException {
    return body(send(method, path, Optional.of(body)), method, path);
  }

  /** What is gone already is as good. */
  void delete(String path) throws InterruptedException {
    HttpResponse<byte[]> answer = send("DELETE", path, Optional.empty());
    if (answer.statusCode() != NOT_FOUND) {
      body(answer, "DELETE", path);
    }
  }

  /**
   * All pages of a list.
   *
   * @param key where the list stands in the answer; empty if the answer is the list
   */
  List<JsonNode> list(String path, String key) throws InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    for (int page = 1; ; page++) {
      JsonNode answer = get(path + "?per_page=" + PAGE + "&page=" + page);
      JsonNode items = key.isEmpty() ? answer : answer.path(key);
      items.forEach(all::add);
      if (items.size() < PAGE) {
        return all;
      }
    }
  }

  private HttpResponse<byte[]> send(String method, String path, Optional<ObjectNode> body)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api + "/repos/" + repository + path))
            .timeout(PATIENCE)
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28")
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method,
                body.map(json -> BodyPublishers.ofString(json.toString(), UTF_8))
                    .orElseGet(BodyPublishers::noBody))
            .build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      for (int attempt = 1; ; attempt++) {
        HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
        // A POST that was answered with a fault may have been done: only reads are repeated.
        boolean again = method.equals("GET") && PASSING.contains(answer.statusCode());
        if (!again || attempt == ATTEMPTS) {
          return answer;
        }
        Thread.sleep(PAUSE.multipliedBy(1L << attempt));
      }
    } catch (IOException e) {
      throw Code.CI_GITHUB.problem(
          "GitHub can't be reached at " + api.getHost(), "", "Run it again.", e);
    }
  }

  private JsonNode body(HttpResponse<byte[]> answer, String method, String path) {
    if (answer.statusCode() >= 300) {
      throw refused(answer, method, path);
    }
    try {
      return answer.body().length == 0 ? MissingNode.getInstance() : JSON.readTree(answer.body());
    } catch (IOException e) {
      throw Code.CI_GITHUB.problem(
          "GitHub's answer to " + method + " " + path + " is no JSON", "", "Run it again.", e);
    }
  }

  private MlopsException refused(HttpResponse<byte[]> answer, String method, String path) {
    String message = "";
    try {
      message = JSON.readTree(answer.body()).path("message").asText();
    } catch (IOException e) {
      // A proxy's page: the status says enough.
    }
    return Code.CI_GITHUB.problem(
        "GitHub answers " + answer.statusCode() + " to " + method + " " + repository + path,
        message,
        switch (answer.statusCode()) {
          case 401 -> "Renew the token";
          case 403, NOT_FOUND ->
              "Give the token what it lacks: `permissions` of the job, or an administrator's token";
          default -> "Run it again.";
        });
  }
}
