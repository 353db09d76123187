package dev.mlops.platform.kubernetes;

import dev.mlops.platform.Check;
import dev.mlops.problem.Code;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.VersionInfo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the API server answers, and is one that we can work with.
 *
 * @param longest how long an answer may take
 */
record ClusterCheck(Site site, Duration longest) implements Check {
  private static final int OLDEST_MINOR = 25;

  private static final int HTTPS = 443;
  private static final int CONNECT_MILLIS = 4_000;

  /** Of a server that takes connections; enough for a machine that is busy. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  ClusterCheck(Site site) {
    this(site, LONGEST);
  }

  @Override
  public String id() {
    return "cluster";
  }

  @Override
  public String title() {
    return "Cluster";
  }

  @Override
  public Result look() {
    VersionInfo version = ask();
    Optional<Integer> minor = minor(version.getGitVersion());
    if (minor.isPresent() && minor.get() < OLDEST_MINOR) {
      throw Code.CLUSTER_VERSION.problem(
          "The cluster " + site.cluster().name() + " runs " + version.getGitVersion(),
          "mlops needs Kubernetes 1." + OLDEST_MINOR + " or newer.",
          "Upgrade the cluster, or choose another context");
    }
    return new Result.Fine("Kubernetes " + version.getGitVersion());
  }

  /** The client tries several times, each for long: one that is not there is told of at once. */
  private void connect(URI server) {
    int port = server.getPort() < 0 ? HTTPS : server.getPort();
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(server.getHost(), port), CONNECT_MILLIS);
    } catch (IOException e) {
      throw Code.KUBERNETES_UNREACHABLE.problem(
          "The cluster " + site.cluster().name() + " does not answer",
          "There is no connection to " + server + ".",
          site.cluster().byHand("version"),
          e);
    }
  }

  /** The client is more patient than that, and asks several times. */
  private VersionInfo ask() {
    Cluster cluster = site.cluster();
    Config config = cluster.client().getConfiguration();
    if (config.getHttpsProxy() == null && config.getHttpProxy() == null) {
      connect(URI.create(config.getMasterUrl()));
    }
    var answer = new CompletableFuture<VersionInfo>();
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                answer.complete(
                    site.ask("read its version", client -> client.getKubernetesVersion()));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    try {
      return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw Code.KUBERNETES_UNREACHABLE.problem(
          "The cluster " + cluster.name() + " does not answer",
          "Nothing came from " + config.getMasterUrl() + " within " + longest.toSeconds() + " s.",
          cluster.byHand("version"));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the cluster was asked", e);
    } finally {
      asking.interrupt();
    }
  }

  /** Of a version such as {@code v1.34.4-gke.1}; empty where it is none. */
  static Optional<Integer> minor(String version) {
    Matcher parts = Pattern.compile("v1\\.(\\d{1,4})\\b.*").matcher(version);
    return parts.matches() ? Optional.of(Integer.valueOf(parts.group(1))) : Optional.empty();
  }
}
