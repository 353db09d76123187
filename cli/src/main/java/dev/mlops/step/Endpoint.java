package dev.mlops.step;

import dev.mlops.platform.Forwards;
import dev.mlops.platform.Status;
import dev.mlops.problem.Code;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a deployed service answers, asked until it does. Without an address of its own it can be
 * asked by way of a port that is forwarded meanwhile.
 */
public record Endpoint(URI address, Optional<Forwards.Forward> way) implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** One question to the service. */
  interface Question<T> {
    /**
     * @throws IOException if there was no good answer, which another attempt may get
     */
    T ask() throws IOException, InterruptedException;
  }

  /** By its own address. */
  public static Endpoint of(Status status) {
    return new Endpoint(
        status
            .endpoint()
            .orElseThrow(() ->
                Code.ENDPOINT_SILENT.problem("The service has no address", "", "mlops status")),
        Optional.empty());
  }

  /** By its own address or, where it has none, by a forwarded port. */
  public static Endpoint of(Status status, Forwards forwards) {
    if (status.endpoint().isPresent()) {
      return of(status);
    }
    Forwards.Forward way = forwards.open(Forwards.FREE_PORT, _ -> {});
    return new Endpoint(way.address(), Optional.of(way));
  }

  @Override
  public void close() {
    way.ifPresent(Forwards.Forward::close);
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT);
  }

  /**
   * The body of an answer with status 200.
   *
   * @throws IOException if there is none, or another
   */
  public byte[] send(HttpRequest request) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IOException(request.uri() + " answered with status " + response.statusCode());
      }
      return response.body();
    }
  }

  /** Asks once a second; the address may need a moment after a rollout. */
  <T> T eventually(int attempts, Consumer<String> progress, Question<T> question)
      throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return question.ask();
      } catch (IOException e) {
        if (attempt == attempts) {
          throw Code.ENDPOINT_SILENT.problem(address + " does not answer", "", "mlops logs", e);
        }
        progress.accept("no answer yet");
        Thread.sleep(Duration.ofSeconds(1));
      }
    }
  }
}
