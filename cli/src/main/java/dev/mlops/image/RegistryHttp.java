package dev.mlops.image;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Requests to one registry: http or https, a token when it asks for one, redirects to where it
 * keeps its blobs, another try when it is busy.
 */
final class RegistryHttp implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofMinutes(10);
  private static final int TRIES = 3;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> BUSY = Set.of(429, 500, 502, 503, 504);

  /** An answer that was not the one hoped for. */
  static final class Refusal extends IOException {
    private final int status;

    Refusal(int status, String text) {
      super("HTTP status " + status + (text.isBlank() ? "" : ": " + text.strip()));
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .proxy(ProxySelector.getDefault())
          .build();
  private final RegistryLogin login;
  private final URI root;
  private Optional<String> authorization = Optional.empty();

  /**
   * @param actions {@code pull} or {@code pull,push}
   * @param plainHttp whether http may be spoken, if the registry does
   */
  RegistryHttp(ImageReference name, String actions, boolean plainHttp)
      throws IOException, InterruptedException {
    this(name, actions, plainHttp, Optional.empty());
  }

  /**
   * @param login what the user's own credentials are not asked for
   */
  RegistryHttp(ImageReference name, String actions, boolean plainHttp, Optional<Login> login)
      throws IOException, InterruptedException {
    this.login = new RegistryLogin(client, name, actions, login);
    this.root = root(name, plainHttp || name.isLoopback());
  }

  URI root() {
    return root;
  }

  /**
   * @throws Refusal if the answer's status is another
   */
  HttpResponse<InputStream> send(HttpRequest.Builder request, int wanted)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response = retry(request);
    if (response.statusCode() == 401) {
      response.body().close();
      authorization = login.authorization(response.headers());
      response = retry(request);
    }
    if (REDIRECTS.contains(response.statusCode()) && wanted == 200) {
      response = follow(response);
    }
    if (response.statusCode() != wanted) {
      try (InputStream body = response.body()) {
        throw new Refusal(
            response.statusCode(), new String(body.readNBytes(500), StandardCharsets.UTF_8));
      }
    }
    return response;
  }

  private HttpResponse<InputStream> retry(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpRequest.Builder authorized = request.copy().timeout(ANSWER);
    authorization.ifPresent(value -> authorized.setHeader("Authorization", value));
    for (int attempt = 1; ; attempt++) {
      HttpResponse<InputStream> response = answer(authorized.build());
      if (!BUSY.contains(response.statusCode()) || attempt == TRIES) {
        return response;
      }
      response.body().close();
      Thread.sleep(Duration.ofMillis(500L * attempt));
    }
  }

  /** Without the token: it is for the registry, not for the store that it points to. */
  private HttpResponse<InputStream> follow(HttpResponse<InputStream> response)
      throws IOException, InterruptedException {
    response.body().close();
    String location = response.headers().firstValue("Location").orElse("");
    URI target = response.uri().resolve(location);
    if (root.getScheme().equals("https") && !target.getScheme().equals("https")) {
      throw new IOException("the registry points to plain http: " + target.getHost());
    }
    return answer(HttpRequest.newBuilder(target).timeout(ANSWER).build());
  }

  private HttpResponse<InputStream> answer(HttpRequest request)
      throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  private URI root(ImageReference name, boolean mayBePlain)
      throws IOException, InterruptedException {
    URI secure = URI.create("https://" + name.registry());
    URI plain = URI.create("http://" + name.registry());
    return mayBePlain && speaksPlainHttp(plain) ? plain : secure;
  }

  /** Asked first: a server that waits for http lets a client that greets it with TLS wait too. */
  private boolean speaksPlainHttp(URI plain) throws IOException, InterruptedException {
    HttpRequest ask = HttpRequest.newBuilder(plain.resolve("/v2/")).timeout(CONNECT).build();
    try {
      HttpResponse<InputStream> response = answer(ask);
      response.body().close();
      // A server that wants https says "bad request", or points there.
      return response.statusCode() != 400 && !REDIRECTS.contains(response.statusCode());
    } catch (ConnectException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
