package dev.mlops.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Requests to a service of the Iris flowers. */
record Traffic(HttpClient http) implements AutoCloseable {
  static Traffic open() {
    return new Traffic(HttpClient.newHttpClient());
  }

  /** All flowers that the model was trained on, as one request. */
  static String flowers(Path csv) throws IOException {
    return Files.readAllLines(csv).stream()
        .skip(1)
        .map(line -> List.of(line.split(",", -1)))
        .map(row -> flower(row.get(0), row.get(1), row.get(2), row.get(3)))
        .collect(Collectors.joining(",", "[", "]"));
  }

  static String flower(Object... values) {
    return "{\"sepal_length\": %s, \"sepal_width\": %s, \"petal_length\": %s, \"petal_width\": %s}"
        .formatted(values);
  }

  /** The status. */
  int predict(URI service, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(service.resolve("/predict"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Override
  public void close() {
    http.close();
  }
}
