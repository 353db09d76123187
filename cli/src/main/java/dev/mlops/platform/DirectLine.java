package dev.mlops.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks one replica at its own address. */
final class DirectLine {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private DirectLine() {}

  /**
   * @throws IOException if it does not answer, or not with 200
   */
  static byte[] get(URI replica, String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(replica.resolve(path)).timeout(TIMEOUT).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IOException(request.uri() + " answered with status " + answer.statusCode());
      }
      return answer.body();
    }
  }
}
