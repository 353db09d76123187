package dev.mlops.image;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts the service as a plain process, to see how soon it is ready.
 *
 * @param folder the working directory, as `/app` in the image
 */
record Start(Path folder, Path model) {
  private static final int RUNS = 3;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  static List<String> with(List<String> command, String... arguments) {
    return Stream.concat(command.stream(), Arrays.stream(arguments)).toList();
  }

  static Map<String, String> environment(Path model) {
    return Map.of("MODEL_DIR", model.toString(), "HOST", "127.0.0.1", "LANG", "C.UTF-8");
  }

  /** The median of a few runs. */
  Duration measure(List<String> command) throws IOException, InterruptedException {
    List<Duration> times = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      times.add(once(command));
    }
    return times.stream().sorted().toList().get(RUNS / 2);
  }

  private Duration once(List<String> command) throws IOException, InterruptedException {
    int port = freePort();
    Map<String, String> environment = new HashMap<>(environment(model));
    environment.put("PORT", Integer.toString(port));
    Path output = Files.createTempFile("mlops-", ".out");
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI ready = URI.create("http://127.0.0.1:" + port + "/ready_check");
      HttpRequest request = HttpRequest.newBuilder(ready).timeout(LIMIT).build();
      long begin = System.nanoTime();
      Process process = ChildProcess.start(command, folder, environment, output);
      try {
        while (!answers(client, request)) {
          Duration soFar = Duration.ofNanos(System.nanoTime() - begin);
          if (!process.isAlive() || soFar.compareTo(LIMIT) > 0) {
            throw new IOException("the service did not get ready\n" + ChildProcess.tail(output));
          }
          Thread.sleep(2);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
      } finally {
        process.destroyForcibly().waitFor();
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static boolean answers(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      // Nothing listens yet.
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
