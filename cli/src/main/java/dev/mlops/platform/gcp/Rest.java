package dev.mlops.platform.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mlops.platform.kubernetes.Lazy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * JSON over HTTPS, for the APIs of which we need a handful of calls.
 *
 * @param tokens who we are to it; absent for nobody
 */
record Rest(URI base, Optional<TokenSource> tokens) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(45);

  /** One for all: each has threads of its own. */
  static final Lazy<HttpClient> CLIENT =
      new Lazy<>(() ->
          HttpClient.newBuilder()
              // Over plaintext HTTP/2 is asked for by an upgrade, which not every server takes
              // well.
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT)
              .build());

  /** An answer that is not of the 200s. */
  static final class Refusal extends IOException {
    private final int status;
    private final transient JsonNode body;

    Refusal(int status, JsonNode body) {
      super(body.path("error").path("message").asText("HTTP status " + status));
      this.status = status;
      this.body = body;
    }

    int status() {
      return status;
    }

    /** As Google's APIs write errors: {@code {"error": {"status": …, "details": […]}}}. */
    JsonNode error() {
      return body.path("error");
    }
  }

  /**
   * @param path from the host on, such as {@code /compute/v1/projects/p/regions/r}
   */
  JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  JsonNode delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(ANSWER)
            .header("Accept", "application/json");
    tokens.ifPresent(source -> request.header("Authorization", "Bearer " + source.token()));
    return request;
  }

  private static JsonNode send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        CLIENT.get().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    JsonNode body = read(response.body());
    if (response.statusCode() / 100 != 2) {
      throw new Refusal(response.statusCode(), body);
    }
    return body;
  }

  private static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return JSON.missingNode(); // a proxy's page: the status says enough
    }
  }
}
