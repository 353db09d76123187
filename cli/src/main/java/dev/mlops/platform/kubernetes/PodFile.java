package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Forwards;
import dev.mlops.problem.Code;
import dev.mlops.problem.DiskFaults;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Files that a pod offers by HTTP on its loopback address: the API server forwards the port, so no
 * network policy stands in the way, and nobody else in the cluster can read them.
 */
record PodFile(Site site, String pod, int port) {
  private static final int ATTEMPTS = 3;
  private static final int OK = 200;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  void copy(String name, Path into) throws InterruptedException {
    Exception failure = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        once(name, into);
        return;
      } catch (IOException | KubernetesClientException e) {
        if (e instanceof IOException disk && DiskFaults.isOfDisk(disk, into)) {
          throw DiskFaults.writing(into, disk);
        }
        failure = e;
      }
    }
    throw Code.JOB_RESULT.problem(
        "The file " + name + " did not come over from pod " + pod,
        String.valueOf(failure.getMessage()),
        "Run the command again: it needs the right to forward ports of pods.",
        failure);
  }

  private void once(String name, Path into) throws IOException, InterruptedException {
    try (LocalPortForward forward =
            site.cluster()
                .client()
                .pods()
                .inNamespace(site.namespace())
                .withName(pod)
                .portForward(port, InetAddress.getLoopbackAddress(), Forwards.FREE_PORT);
        HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + forward.getLocalPort() + "/" + name);
      HttpResponse<Path> answer =
          client.send(
              HttpRequest.newBuilder(uri).timeout(LONGEST).build(),
              HttpResponse.BodyHandlers.ofFile(into));
      if (answer.statusCode() != OK) {
        Files.deleteIfExists(into);
        throw new IOException("the pod answered " + answer.statusCode());
      }
    }
  }
}
